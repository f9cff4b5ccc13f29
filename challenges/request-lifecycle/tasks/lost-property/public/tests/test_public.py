"""A look at the office. The tests that decide bring more troubles, and use other values."""


def hand_in(client, *things, ship="Mira", **headers):
    return client.post("/items", json={"ship": ship, "things": list(things)}, headers=headers)


def test_things_are_handed_in(client):
    response = hand_in(client, "umbrella", "hat", **{"X-Request-Id": "morning-0001"})
    assert response.status_code == 201
    items = response.json["items"]
    assert [(item["ship"], item["thing"]) for item in items] == [("Mira", "umbrella"), ("Mira", "hat")]
    assert response.headers["X-Request-Id"] == "morning-0001"
    assert client.get("/items").json == items
    assert client.get(f"/items/{items[0]['id']}").json == items[0]
    assert client.get("/printer").json == {"printed": ["receipt morning-0001"]}


def test_a_label_is_printed(client):
    (item,) = hand_in(client, "glove").json["items"]
    assert client.post(f"/items/{item['id']}/label").status_code == 204
    assert client.get("/printer").json["printed"][-1] == f"{item['id']} glove"


def test_a_printer_without_paper(client):
    (item,) = hand_in(client, "glove").json["items"]
    assert client.put("/equipment", json={"paper": 0}).status_code == 204
    assert client.post(f"/items/{item['id']}/label").status_code == 503


def test_a_request_is_written_down(client):
    client.get("/items", headers={"X-Request-Id": "noon-00001"})
    entry = {"request_id": "noon-00001", "method": "GET", "path": "/items", "status": 200, "failure": None}
    assert client.get("/journal").json == [entry]
    assert client.get("/health").json == {"status": "ok", "connections": 0, "lamp": 0}


def test_an_unknown_item(client):
    response = client.get("/items/999", headers={"X-Request-Id": "evening-01"})
    assert response.status_code == 404
    assert (response.json["status"], response.json["request_id"]) == (404, "evening-01")


def test_an_export(live):
    client = live().client()
    (item,) = hand_in(client, "umbrella").json["items"]
    response = client.get("/items.csv?ship=Mira", headers={"X-Request-Id": "export-0001"})
    assert response.status_code == 200
    assert response.text.splitlines()[:2] == ["id,thing", f"{item['id']},umbrella"]
