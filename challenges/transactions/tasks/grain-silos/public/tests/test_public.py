"""A first look at the silos, and at how a test lets another request come in between."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest


@pytest.fixture
def north(client):
    """A silo with 60 of 100 tonnes."""
    silo = client.post("/silos", json={"name": "North", "capacity": 100}).json["id"]
    assert client.post(f"/silos/{silo}/intakes", json={"tonnes": 60}).status_code == 201
    return silo


@pytest.fixture
def meet(live, eventually):
    """``meet(late, other)``: the answers of two requests; ``other`` is sent while ``late`` stops before it writes."""
    server = live()
    control = server.client()

    def run(late, other):
        control.put("/pauses", json={"left": 1})
        with ThreadPoolExecutor(2) as threads:
            first = threads.submit(late, server.client())
            eventually(lambda: first.done() or control.get("/pauses").json["waiting"])
            second = threads.submit(other, server.client())
            wait([second], 4)  # a request that waits for a lock of the first one's is overtaken
            control.put("/pauses", json={"left": 0})
            return first.result(), second.result()

    return run


def test_movements(client, north):
    left = client.post(f"/silos/{north}/outtakes", json={"tonnes": 15})
    assert (left.status_code, left.json["tonnes"], left.json["level"]) == (201, -15, 45)
    assert client.post(f"/silos/{north}/outtakes", json={"tonnes": 46}).status_code == 409
    assert [each["level"] for each in client.get(f"/silos/{north}/movements").json] == [60, 45]
    assert client.get(f"/silos/{north}").json == {
        "id": north,
        "name": "North",
        "capacity": 100,
        "level": 45,
        "version": 1,
    }


def test_a_repeated_request(client, north):
    headers = {"Idempotency-Key": "truck-17"}
    first = client.post(f"/silos/{north}/intakes", json={"tonnes": 20}, headers=headers)
    again = client.post(f"/silos/{north}/intakes", json={"tonnes": 20}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert client.get(f"/silos/{north}").json["level"] == 80


def test_a_transfer(client, north):
    south = client.post("/silos", json={"name": "South", "capacity": 50}).json["id"]
    done = client.post("/transfers", json={"from": north, "to": south, "tonnes": 40})
    assert done.status_code == 201
    assert (done.json["from"]["level"], done.json["to"]["level"]) == (20, 40)


def test_versions(client, north):
    changed = client.put(f"/silos/{north}", json={"name": "Old North", "capacity": 90, "version": 1})
    assert (changed.status_code, changed.json["version"]) == (200, 2)
    late = client.put(f"/silos/{north}", json={"name": "New North", "capacity": 95, "version": 1})
    assert late.status_code == 409
    assert client.get(f"/silos/{north}").json["name"] == "Old North"


def test_two_at_once_in_different_silos(client, north, meet):
    south = client.post("/silos", json={"name": "South", "capacity": 50}).json["id"]
    late, other = meet(
        lambda client: client.post(f"/silos/{north}/intakes", json={"tonnes": 5}),
        lambda client: client.get(f"/silos/{south}"),
    )
    assert (late.status_code, late.json["level"]) == (201, 65)
    assert (other.status_code, other.json["level"]) == (200, 0)
