"""Some of what the brief asks for. The tests that decide are more, and use other values."""

ADA = {"seat": 12, "passenger": "Ada Moreno", "phone": "555 0101"}
BEN = {"seat": 7, "passenger": "Ben Okafor", "phone": "555 0102"}


def new_trip(client, code="ALPS-1"):
    response = client.post("/trips", json={"code": code})
    assert response.status_code == 201
    return response.json


def test_the_app_answers(client):
    assert client.get("/health").json == {"status": "ok"}


def test_a_trip_is_kept(client):
    trip = new_trip(client)
    assert trip == {"id": trip["id"], "code": "ALPS-1", "refused": 0, "bookings": []}
    assert client.get(f"/trips/{trip['id']}").json == trip
    assert client.post("/trips", json={"code": "ALPS-1"}).status_code == 409
    assert client.get("/trips/4711").status_code == 404


def test_a_seat_is_sold_once(client):
    trip = new_trip(client)
    response = client.post(f"/trips/{trip['id']}/bookings", json=ADA)
    assert response.status_code == 201
    assert response.json == {"id": response.json["id"], **ADA}
    assert client.post(f"/trips/{trip['id']}/bookings", json={**BEN, "seat": 12}).status_code == 409
    assert client.get(f"/trips/{trip['id']}").json["bookings"] == [response.json]


def test_an_import_is_accepted(client):
    trip = new_trip(client)
    response = client.post(f"/trips/{trip['id']}/import", json={"bookings": [ADA, BEN]})
    assert response.status_code == 201
    assert response.json["code"] == "ALPS-1"


def test_the_ticket_machine_sells_seats_too(app):
    client = app.test_client()
    trip = new_trip(client)
    statement = "INSERT INTO booking (trip_id, seat, passenger, phone) VALUES (?, ?, ?, ?)"
    assert app.call("machine:run", statement, [trip["id"], 30, "Cleo Brandt", "555 0103"]) == "stored"
    assert client.get(f"/trips/{trip['id']}").json["bookings"][0]["seat"] == 30
