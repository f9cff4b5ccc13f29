"""What requests leave behind: journal, items, connections, lamp."""

import pytest
from office import equip, fetch, hand_in, health, id_of, journal


@pytest.mark.check("journal-entries", concept="hook-order")
def test_the_journal(client, seed):
    """Each request is in the journal once, with its status, also where there is no such address or method."""
    ship, unknown, number = seed.word(), f"/{seed.word()}", seed.integer(100, 999)
    asked = [
        ("POST", "/items", 201, hand_in(client, ship, seed.words(1))),
        ("GET", unknown, 404, client.get(unknown)),
        ("DELETE", "/items", 405, client.delete("/items")),
        ("GET", f"/items/{number}", 404, client.get(f"/items/{number}")),
        ("POST", "/items", 400, hand_in(client, ship, [])),
        ("GET", "/items", 200, client.get("/items")),
    ]
    client.get("/health")
    assert journal(client) == [
        {"request_id": id_of(response), "method": method, "path": path, "status": status, "failure": None}
        for method, path, status, response in asked
    ]


@pytest.mark.check("journal-final-status", concept="hook-order")
def test_the_status_in_the_journal(client, seed, symptom):
    """Where the receipt could not be printed, the journal has the status that the client got."""
    equip(client, paper=1)
    responses = [hand_in(client, seed.word(), seed.words(1)) for _ in range(2)]
    given = [response.status_code for response in responses]
    assert given[0] == 201
    assert given[1] >= 500
    found = journal(client)
    assert [entry["status"] for entry in found] != [201, 201], symptom("before-the-receipt")
    assert [entry["request_id"] for entry in found] == [id_of(response) for response in responses]
    assert [entry["status"] for entry in found] == given
    assert [entry["failure"] for entry in found] == [None, None]


@pytest.mark.check("nothing-kept", concept="hooks-under-errors", points=2)
def test_all_or_nothing(client, seed, symptom):
    """A request that is refused, or whose receipt can't be printed, keeps none of its things."""
    ship = seed.word()
    refused = seed.words(2)
    assert hand_in(client, ship, [*refused, seed.integer(1, 9)]).status_code >= 400
    equip(client, paper=0)
    assert hand_in(client, ship, seed.words(2)).status_code >= 400
    equip(client, paper=5, jammed=True)
    assert hand_in(client, ship, seed.words(2)).status_code >= 400
    equip(client, jammed=False)
    kept = hand_in(client, ship, seed.words(2))
    assert kept.status_code == 201
    found = client.get("/items").json
    assert not {item["thing"] for item in found} & set(refused), symptom("refused-things-kept")
    assert found == kept.json["items"]


@pytest.mark.check("ends-well", concept="hooks-under-errors")
def test_every_request_ends(client, seed):
    """After each request, whatever its answer, no connection is open and no lamp lit."""
    ship = seed.word()

    def jam():
        equip(client, jammed=True)
        return hand_in(client, ship, seed.words(1))

    for ask in (
        lambda: hand_in(client, ship, seed.words(2)),
        lambda: client.get("/items"),
        lambda: hand_in(client, ship, []),
        lambda: client.get(f"/items/{seed.integer(100, 999)}"),
        lambda: client.get(f"/{seed.word()}"),
        lambda: client.delete("/items"),
        jam,
    ):
        ask()
        assert health(client) == (0, 0)


@pytest.mark.check("broken-lamp", concept="hooks-under-errors", points=2)
def test_a_lamp_that_stays_on(live, eventually, seed, symptom):
    """While the lamp can't be switched off, answers are what they would be otherwise, and connections close."""
    client = live().client()
    ship = seed.word()
    (item,) = hand_in(client, ship, seed.words(1)).json["items"]
    equip(client, lamp_broken=True)
    for path, expected in ((f"/items/{item['id']}", item), ("/items", [item])):
        response = client.get(path)
        assert response.status_code != 500, symptom("answer-lost")
        assert (response.status_code, response.json) == (200, expected)
        assert id_of(response)
    assert hand_in(client, ship, seed.words(1)).status_code == 201
    assert eventually(lambda: health(client)[0] == 0), symptom("left-open")


@pytest.mark.check("export-ends", concept="streaming-after-return")
def test_an_export_ends(live, eventually, seed):
    """After an export no connection is open and no lamp lit."""
    client = live().client()
    ship, request_id = seed.word(), seed.token()
    assert hand_in(client, ship, seed.words(3)).status_code == 201
    for _ in range(2):
        response, lines = fetch(client, ship, request_id)
        assert response is not None
        assert len(lines) == 5
        assert eventually(lambda: health(client) == (0, 0))
