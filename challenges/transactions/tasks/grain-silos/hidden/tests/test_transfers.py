"""Transfers between two silos: all or nothing."""

import pytest
from yard import Yard


@pytest.fixture
def yard(make_app, live, new_database, eventually):
    """Two processes of the app on one database."""
    return Yard(make_app, live, new_database, eventually)


def state(client, *silos):
    """All that can be seen of the silos."""
    return [(client.get(f"/silos/{silo}").json, client.get(f"/silos/{silo}/movements").json) for silo in silos]


def tonnes_of(yard, silo):
    """What was moved, in order."""
    return [movement["tonnes"] for movement in yard.journal(silo)]


@pytest.mark.check("transfers-answer", concept="units-of-work")
def test_transfers_answer(client, seed):
    """A transfer is a movement in each silo; where the source has too little or a silo is unknown nothing changes."""
    start, tonnes = seed.integer(60, 90), seed.integer(10, 40)
    source, target = (client.post("/silos", json={"name": seed.title(2), "capacity": 100}).json["id"] for _ in range(2))
    client.post(f"/silos/{source}/intakes", json={"tonnes": start})
    before = state(client, source, target)
    for fields, status in [
        ({"from": source, "to": target, "tonnes": start + 1}, 409),
        ({"from": source, "to": target + 1, "tonnes": tonnes}, 404),
        ({"from": target + 1, "to": target, "tonnes": tonnes}, 404),
        ({"from": source, "to": source, "tonnes": tonnes}, 400),
        ({"from": source, "to": target, "tonnes": 0}, 400),
    ]:
        refused = client.post("/transfers", json=fields)
        assert (refused.status_code, "error" in refused.json) == (status, True)
    assert state(client, source, target) == before
    done = client.post("/transfers", json={"from": source, "to": target, "tonnes": tonnes})
    assert done.status_code == 201
    assert (done.json["from"]["tonnes"], done.json["from"]["level"]) == (-tonnes, start - tonnes)
    assert (done.json["to"]["tonnes"], done.json["to"]["level"]) == (tonnes, tonnes)
    assert client.get(f"/silos/{source}/movements").json[1:] == [done.json["from"]]
    assert client.get(f"/silos/{target}/movements").json == [done.json["to"]]


@pytest.mark.check("half-a-transfer", concept="units-of-work", points=2)
def test_half_a_transfer(client, seed, symptom):
    """A transfer into a silo without room for it is refused, and changes neither silo nor their movements."""
    start, tonnes = seed.integer(60, 90), seed.integer(30, 40)
    source = client.post("/silos", json={"name": seed.title(2), "capacity": 100}).json["id"]
    target = client.post("/silos", json={"name": seed.title(2), "capacity": tonnes - 1}).json["id"]
    client.post(f"/silos/{source}/intakes", json={"tonnes": start})
    before = state(client, source, target)
    for headers in ({}, {"Idempotency-Key": seed.token()}):
        answer = client.post("/transfers", json={"from": source, "to": target, "tonnes": tonnes}, headers=headers)
        assert answer.status_code == 409
        assert state(client, source, target) == before, symptom("half-done")


@pytest.mark.check("source-emptied", concept="atomic-updates")
def test_source_emptied(yard, seed, symptom):
    """A transfer whose source is emptied by another process meanwhile is refused and changes nothing."""
    start, tonnes, gone = seed.integer(60, 70), seed.integer(40, 49), seed.integer(50, 59)
    source, target = yard.silo(seed.title(2), 500, start), yard.silo(seed.title(2), 500)
    answer, (other,) = yard.meet(
        yard.here("POST", "/transfers", **{"from": source, "to": target, "tonnes": tonnes}),
        yard.there("POST", f"/silos/{source}/outtakes", tonnes=gone),
    )
    assert answer.status_code != 500, symptom("error-instead")
    assert sorted([answer.status_code, other.status_code]) == [201, 409], symptom("both-took-the-last")
    came = [tonnes] if answer.status_code == 201 else []
    left = tonnes if came else gone
    assert (tonnes_of(yard, source), tonnes_of(yard, target)) == ([start, -left], came), symptom("half-done")
    assert [yard.look(silo)["level"] for silo in (source, target)] == [start - left, sum(came)]


@pytest.mark.check("target-filled", concept="units-of-work")
def test_target_filled(yard, seed, symptom):
    """A transfer whose target is filled by another process meanwhile is refused and changes nothing."""
    start, tonnes, filled = seed.integer(60, 70), seed.integer(40, 49), seed.integer(50, 59)
    source, target = yard.silo(seed.title(2), 500, start), yard.silo(seed.title(2), 70)
    answer, (other,) = yard.meet(
        yard.here("POST", "/transfers", **{"from": source, "to": target, "tonnes": tonnes}),
        yard.there("POST", f"/silos/{target}/intakes", tonnes=filled),
    )
    assert answer.status_code != 500, symptom("error-instead")
    assert sorted([answer.status_code, other.status_code]) == [201, 409], symptom("both-took-the-last")
    left = [-tonnes] if answer.status_code == 201 else []
    came = tonnes if left else filled
    assert (tonnes_of(yard, source), tonnes_of(yard, target)) == ([start, *left], [came]), symptom("half-done")
    assert [yard.look(silo)["level"] for silo in (source, target)] == [start + sum(left), came]


@pytest.mark.check("opposite-transfers", concept="atomic-updates")
def test_opposite_transfers(yard, seed, symptom):
    """Two transfers in opposite directions at once are both done, and no tonne is lost or made."""
    one, two, there, back = (seed.integer(100, 150), seed.integer(100, 150), seed.integer(10, 25), seed.integer(26, 40))
    a, b = yard.silo(seed.title(2), 500, one), yard.silo(seed.title(2), 500, two)
    answer, (other,) = yard.meet(
        yard.here("POST", "/transfers", **{"from": a, "to": b, "tonnes": there}),
        yard.there("POST", "/transfers", **{"from": b, "to": a, "tonnes": back}),
    )
    assert answer.status_code != 500, symptom("error-instead")
    assert answer.status_code != 409, symptom("refused-without-need")
    assert (answer.status_code, other.status_code) == (201, 201)
    levels = [yard.look(silo)["level"] for silo in (a, b)]
    assert levels != [one + back, two - back], symptom("answered-but-not-done")
    assert levels == [one - there + back, two + there - back], symptom("lost-update")
    assert sorted(tonnes_of(yard, a)) == sorted([one, -there, back])
    assert sorted(tonnes_of(yard, b)) == sorted([two, there, -back])
