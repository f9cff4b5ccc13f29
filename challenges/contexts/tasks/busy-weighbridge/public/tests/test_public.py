"""A quiet morning at the weighbridge. The tests that decide bring more lorries at once, and use other values."""


def weigh(client, kilograms, plate="AB 123", **headers):
    """The scale reports a weight first, so that the weighing doesn't have to wait."""
    assert client.post("/scales/north/weights", json={"kilograms": kilograms}).status_code == 204
    return client.post("/weighings", json={"scale": "north", "plate": plate}, headers=headers)


def test_a_weighing_gives_a_ticket(client):
    response = weigh(client, 12_340, **{"X-Operator": "Mira"})
    assert response.status_code == 201
    assert response.json["remarks"] == ["first visit"]
    ticket = {"scale": "north", "plate": "AB 123", "kilograms": 12_340, "operator": "Mira"}
    assert response.json == {"id": response.json["id"], "remarks": ["first visit"], **ticket}
    assert response.headers["X-Ticket"] == str(response.json["id"])
    assert client.get("/weighings").json == [{"id": response.json["id"], **ticket}]


def test_a_lorry_that_is_too_heavy_is_refused(client):
    response = weigh(client, 61_000)
    assert response.status_code == 409
    assert response.json["remarks"] == ["first visit", "heavy"]
    assert client.post("/weighings", json={"scale": "north"}).status_code == 400


def test_a_report_is_made_in_the_background(client, eventually):
    weigh(client, 10_000)
    weigh(client, 5_500)
    response = client.post("/reports", headers={"X-Operator": "Jun", "User-Agent": "office"})
    assert response.status_code == 202
    address = f"/reports/{response.json['id']}"
    assert eventually(lambda: client.get(address).json["state"] == "done")
    report = client.get(address).json
    assert (report["tickets"], report["kilograms"], report["amount"]) == (2, 15_500, 18_600)
    assert client.get("/reports").json == [report]


def test_a_weighing_waits_for_its_scale(live, at_once, eventually):
    server = live()

    def driver():
        client = server.client()
        assert eventually(lambda: client.get("/scales").json == {"south": 1})
        client.post("/scales/south/weights", json={"kilograms": 7_000})

    response, _ = at_once(
        lambda: server.client().post("/weighings", json={"scale": "south", "plate": "CD 456"}), driver
    )
    assert response.status_code == 201
    assert response.json["kilograms"] == 7_000


def test_the_app_answers(client):
    assert client.get("/health").json["status"] == "ok"
