"""Requests that are sent again with the same Idempotency-Key."""

import pytest
from yard import Yard


@pytest.fixture
def yard(make_app, live, new_database, eventually):
    """Two processes of the app on one database."""
    return Yard(make_app, live, new_database, eventually)


def check_same(answer, other, symptom):
    """Both requests got the same answer, the one of the request that was carried out."""
    assert answer.status_code < 500, symptom("error-instead")
    assert other.status_code < 500, symptom("error-instead")
    assert answer.status_code != 409, symptom("refused-instead")
    assert other.status_code != 409, symptom("refused-instead")
    assert (answer.status_code, other.status_code) == (201, 201)


@pytest.mark.check("repeated-later", concept="arbiter-of-races")
def test_repeated_later(yard, seed):
    """A request that is sent again with its key, to any process, acts once and gets the first answer."""
    start = seed.integer(60, 90)
    silo, target = yard.silo(seed.title(2), 500, start), yard.silo(seed.title(2), 500)
    for path, fields, change in [
        (f"/silos/{silo}/intakes", {"tonnes": 7}, 7),
        (f"/silos/{silo}/outtakes", {"tonnes": 5}, -5),
        ("/transfers", {"from": silo, "to": target, "tonnes": 11}, -11),
    ]:
        key = seed.token()
        first = yard.here("POST", path, key=key, **fields)()
        assert first.status_code == 201
        start += change
        assert yard.there("POST", f"/silos/{silo}/intakes", tonnes=1)().status_code == 201
        start += 1
        for again in (yard.here, yard.there):
            found = again("POST", path, key=key, **fields)()
            assert (found.status_code, found.json) == (201, first.json)
        assert yard.look(silo)["level"] == start
    assert len(yard.journal(silo)) == 7
    assert yard.look(target)["level"] == 11


@pytest.mark.check("key-of-another-request", concept="arbiter-of-races")
def test_key_of_another_request(client, seed):
    """A key that was used with another address or another JSON object is answered with 422, and nothing is moved."""
    one, two = (client.post("/silos", json={"name": seed.title(2), "capacity": 500}).json["id"] for _ in range(2))
    key, tonnes = seed.token(), seed.integer(20, 40)
    headers = {"Idempotency-Key": key}
    assert client.post(f"/silos/{one}/intakes", json={"tonnes": tonnes}, headers=headers).status_code == 201
    for path, fields in [
        (f"/silos/{one}/intakes", {"tonnes": tonnes + 1}),
        (f"/silos/{one}/outtakes", {"tonnes": tonnes}),
        (f"/silos/{two}/intakes", {"tonnes": tonnes}),
        ("/transfers", {"from": one, "to": two, "tonnes": tonnes}),
    ]:
        assert client.post(path, json=fields, headers=headers).status_code == 422
    assert [client.get(f"/silos/{silo}").json["level"] for silo in (one, two)] == [tonnes, 0]


@pytest.mark.check("refused-key-is-free", concept="units-of-work")
def test_refused_key(client, seed, symptom):
    """A request that was refused can be sent again with its key, and is done as soon as it is possible."""
    silo, target = (client.post("/silos", json={"name": seed.title(2), "capacity": 500}).json["id"] for _ in range(2))
    tonnes = seed.integer(20, 40)
    for path, fields in [
        (f"/silos/{silo}/outtakes", {"tonnes": tonnes}),
        ("/transfers", {"from": silo, "to": target, "tonnes": tonnes}),
    ]:
        headers = {"Idempotency-Key": seed.token()}
        assert client.post(path, json=fields, headers=headers).status_code == 409
        assert client.post(f"/silos/{silo}/intakes", json={"tonnes": tonnes}).status_code == 201
        assert client.post(path, json=fields, headers=headers).status_code == 201, symptom("key-is-used-up")
        assert client.get(f"/silos/{silo}").json["level"] == 0, symptom("key-is-used-up")
    assert client.get(f"/silos/{target}").json["level"] == tonnes, symptom("key-is-used-up")


@pytest.mark.check("repeated-at-once", concept="arbiter-of-races", points=2)
def test_repeated_at_once(yard, seed, symptom):
    """The same intake with the same key in two processes at once acts once, and both get the same answer."""
    start, tonnes, key = seed.integer(60, 90), seed.integer(10, 40), seed.token()
    silo = yard.silo(seed.title(2), 500, start)
    answer, (other,) = yard.meet(
        yard.here("POST", f"/silos/{silo}/intakes", key=key, tonnes=tonnes),
        yard.there("POST", f"/silos/{silo}/intakes", key=key, tonnes=tonnes),
    )
    moved = [movement["tonnes"] for movement in yard.journal(silo)]
    assert moved != [start, tonnes, tonnes], symptom("acted-twice")
    check_same(answer, other, symptom)
    assert answer.json == other.json
    assert yard.look(silo)["level"] == start + tonnes
    assert moved == [start, tonnes]
    later = yard.there("POST", f"/silos/{silo}/intakes", key=key, tonnes=tonnes)()
    assert (later.status_code, later.json) == (201, answer.json)


@pytest.mark.check("transfer-repeated-at-once", concept="arbiter-of-races")
def test_transfer_repeated_at_once(yard, seed, symptom):
    """The same transfer with the same key in two processes at once acts once, and both get the same answer."""
    start, tonnes, key = seed.integer(90, 120), seed.integer(10, 40), seed.token()
    source, target = yard.silo(seed.title(2), 500, start), yard.silo(seed.title(2), 500)
    fields = {"from": source, "to": target, "tonnes": tonnes}
    answer, (other,) = yard.meet(
        yard.here("POST", "/transfers", key=key, **fields), yard.there("POST", "/transfers", key=key, **fields)
    )
    came = [movement["tonnes"] for movement in yard.journal(target)]
    assert came != [tonnes, tonnes], symptom("acted-twice")
    check_same(answer, other, symptom)
    assert answer.json == other.json
    assert [yard.look(silo)["level"] for silo in (source, target)] == [start - tonnes, tonnes]
    assert came == [tonnes]
