"""The export, over real HTTP: status and headers first, then the body, which may break off."""

import pytest
from office import assert_error, fetch, hand_in, id_of


def ship_with_things(client, seed, count):
    """Hands things in from two ships, in turns; gives one of them and the lines of its items."""
    ship, other = seed.words(2)
    items = []
    for _ in range(count):
        items += hand_in(client, ship, seed.words(1)).json["items"]
        assert hand_in(client, other, seed.words(2)).status_code == 201
    return ship, [f"{item['id']},{item['thing']}" for item in items]


@pytest.mark.check("export-lines", concept="streaming-after-return", points=2)
def test_lines(live, seed, symptom):
    """An export has the ship's items, and ends with the id of its own request."""
    client = live().client()
    ship, wanted = ship_with_things(client, seed, seed.integer(3, 6))
    for request_id in (seed.token(), seed.token()):
        response, lines = fetch(client, ship, request_id)
        rows, last = lines[: 1 + len(wanted)], lines[1 + len(wanted) :]
        whole = rows == ["id,thing", *wanted]
        assert not whole or request_id in "".join(last), symptom("context-gone")
        assert response is not None
        assert (response.status_code, response.mimetype) == (200, "text/csv")
        assert whole
        assert last == [f"end,{request_id}"]
        assert id_of(response) == request_id


@pytest.mark.check("export-count", concept="streaming-after-return")
def test_count(live, seed, symptom):
    """The header of an export tells how many items it has."""
    client = live().client()
    count = seed.integer(3, 6)
    ship, _ = ship_with_things(client, seed, count)
    response, _ = fetch(client, ship, seed.token())
    assert response is not None
    assert response.status_code == 200
    assert response.headers.get("X-Items") != "0", symptom("counted-too-early")
    assert response.headers.getlist("X-Items") == [str(count)]


@pytest.mark.check("export-refused", concept="headers-before-body", points=2)
def test_refused(live, seed, symptom):
    """An export of a ship without items is a 404 in JSON, one without a ship a 400."""
    client = live().client()
    ship, wanted = ship_with_things(client, seed, 1)
    request_id = seed.token()
    response, lines = fetch(client, ship, request_id)
    assert response is not None
    assert (response.status_code, lines[1:-1]) == (200, wanted)
    response, _ = fetch(client, seed.word(), request_id)
    assert response is not None, symptom("answer-began")
    assert_error(response, 404, request_id)
    assert_error(client.get("/items.csv", headers={"X-Request-Id": request_id}), 400, request_id)
