"""Ids, error answers, and the office when it is closed."""

import pytest
from office import assert_error, equip, hand_in, id_of, journal


def made_id(seed):
    """An id that a client may send."""
    return f"{seed.word().title()}-{seed.token()[:12]}"


@pytest.mark.check("items-answers", concept="hook-order")
def test_items(client, seed):
    """Things are handed in, listed, found and labelled, and their receipts are printed."""
    ships, request_id = seed.words(2), made_id(seed)
    things = [seed.words(2), seed.words(1)]
    first = hand_in(client, ships[0], things[0])
    second = hand_in(client, ships[1], things[1], request_id)
    assert [first.status_code, second.status_code] == [201, 201]
    items = first.json["items"] + second.json["items"]
    assert [(item["ship"], item["thing"]) for item in items] == [
        (ships[0], things[0][0]),
        (ships[0], things[0][1]),
        (ships[1], things[1][0]),
    ]
    assert client.get("/items").json == items
    for item in items:
        assert client.get(f"/items/{item['id']}").json == item
    assert client.post(f"/items/{items[0]['id']}/label").status_code == 204
    assert client.get("/printer").json["printed"] == [
        f"receipt {id_of(first)}",
        f"receipt {request_id}",
        f"{items[0]['id']} {things[0][0]}",
    ]


@pytest.mark.check("id-given", concept="untrusted-request-id")
def test_ids(client, seed):
    """A well-formed id of the client is taken; without one each request has a new one."""
    for sent in (made_id(seed), seed.token()[:8], seed.token() * 2):
        assert id_of(client.get("/items", headers={"X-Request-Id": sent})) == sent
    ids = [id_of(client.get(path)) for path in ("/items", "/items", "/health", "/journal")]
    assert len(set(ids)) == 4


@pytest.mark.check("id-refused", concept="untrusted-request-id")
def test_ids_that_are_refused(client, seed, symptom):
    """An id that is too short, too long or has other characters is replaced by a new one."""
    words = seed.words(5)
    for sent in (
        seed.token()[:7],
        seed.token() * 2 + "0",
        f"{words[0]} {words[1]}",
        f"{words[2]}_{words[3]}",
        f"{words[4]}\u00e9{words[0]}",
        f"<b>{words[1]}</b>",
    ):
        response = client.get("/items", headers={"X-Request-Id": sent})
        assert response.headers.get("X-Request-Id") != sent, symptom("taken-as-it-is")
        id_of(response)


@pytest.mark.check("wrong-requests", concept="handler-lookup", points=2)
def test_wrong_requests(client, seed):
    """Unknown addresses and items, wrong methods and wrong bodies are answered in JSON, with their status and id."""
    request_id, ship = made_id(seed), seed.word()
    headers = {"X-Request-Id": request_id}
    number = seed.integer(100, 999)
    for path in (f"/{seed.word()}", f"/items/{number}", f"/items/{seed.word()}"):
        assert_error(client.get(path, headers=headers), 404, request_id)
    assert_error(client.post(f"/items/{number}/label", headers=headers), 404, request_id)
    wrong_method = client.delete("/items", headers=headers)
    assert_error(wrong_method, 405, request_id)
    assert {"GET", "POST"} <= {method.strip() for method in wrong_method.headers.get("Allow", "").split(",")}
    for body in (
        {"ship": ship},
        {"ship": "", "things": seed.words(1)},
        {"ship": ship, "things": []},
        {"ship": ship, "things": [number]},
        [ship],
    ):
        assert_error(client.post("/items", json=body, headers=headers), 400, request_id)
    broken = client.post("/items", data='{"ship": ', content_type="application/json", headers=headers)
    assert_error(broken, 400, request_id)


@pytest.mark.check("unexpected-error", concept="unhandled-exceptions")
def test_an_unexpected_error(client, seed, symptom):
    """An exception that nobody expects is a 500 in JSON, and the journal names its class."""
    (item,) = hand_in(client, seed.word(), seed.words(1)).json["items"]
    equip(client, jammed=True)
    request_id = made_id(seed)
    response = client.post(f"/items/{item['id']}/label", headers={"X-Request-Id": request_id})
    assert_error(response, 500, request_id)
    entry = journal(client)[-1]
    assert (entry["request_id"], entry["status"]) == (request_id, 500)
    assert entry["failure"] != "InternalServerError", symptom("wrapped")
    assert entry["failure"] == "Jammed"


@pytest.mark.check("receipt-without-paper", concept="errors-in-hooks")
def test_a_receipt_without_paper(client, seed, symptom):
    """Things are handed in while the printer has no paper: 503 in JSON, with the id of the request."""
    equip(client, paper=0)
    request_id = made_id(seed)
    response = hand_in(client, seed.word(), seed.words(2), request_id)
    assert response.status_code != 500, symptom("became-500")
    assert_error(response, 503, request_id)
    equip(client, paper=1)
    assert hand_in(client, seed.word(), seed.words(1)).status_code == 201
    assert len(client.get("/printer").json["printed"]) == 1


@pytest.mark.check("receipt-jammed", concept="unhandled-exceptions")
def test_a_receipt_that_jams(client, seed, symptom):
    """Things are handed in while the printer is jammed: 500 in JSON, and the journal names the class."""
    equip(client, jammed=True)
    request_id = made_id(seed)
    assert_error(hand_in(client, seed.word(), seed.words(2), request_id), 500, request_id)
    (entry,) = journal(client)
    assert (entry["request_id"], entry["status"]) == (request_id, 500)
    assert entry["failure"] != "InternalServerError", symptom("wrapped")
    assert entry["failure"] == "Jammed"


@pytest.mark.check("closed-answers", concept="short-circuit", points=2)
def test_the_closed_office(make_app, seed):
    """A closed office answers with 503 in JSON and the request's id, and its equipment answers as ever."""
    client = make_app({"CLOSED": True}).test_client()
    request_id = made_id(seed)
    for path in ("/items", f"/{seed.word()}", f"/items.csv?ship={seed.word()}"):
        assert_error(client.get(path, headers={"X-Request-Id": request_id}), 503, request_id)
    assert_error(hand_in(client, seed.word(), seed.words(1)), 503)
    health = client.get("/health")
    assert id_of(health)
    assert health.json == {"status": "ok", "connections": 0, "lamp": 0}


@pytest.mark.check("closed-journal", concept="short-circuit")
def test_the_journal_of_a_closed_office(make_app, seed, symptom):
    """Each request to a closed office is in the journal once."""
    client = make_app({"CLOSED": True}).test_client()
    ids, path = [made_id(seed) for _ in range(3)], f"/items/{seed.integer(1, 99)}"
    for request_id in ids:
        assert client.get(path, headers={"X-Request-Id": request_id}).status_code == 503
    found = journal(client)
    entries = [{"request_id": each, "method": "GET", "path": path, "status": 503, "failure": None} for each in ids]
    twice = [entry["request_id"] for entry in found] == [each for each in ids for _ in range(2)]
    assert not twice, symptom("written-twice")
    assert found == entries
