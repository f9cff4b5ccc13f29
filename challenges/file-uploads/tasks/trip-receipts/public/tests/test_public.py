"""Some of what the brief asks for. The tests that decide are more, and use other values."""

from io import BytesIO

BILL = b"%PDF-1.7\nTwo nights in Lyon"
PHOTO = b"\x89PNG\r\n\x1a\nA taxi's receipt"
NOTE = b"Lunch was paid by the customer"


def upload(client, trip, *files):
    """Posts files, each a pair of content and name."""
    return client.post(f"/trips/{trip}/receipts", data={"file": [(BytesIO(content), name) for content, name in files]})


def test_the_app_answers(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_a_receipt_is_stored_and_listed(client):
    response = upload(client, 7, (BILL, "hotel.pdf"))
    assert response.status_code == 201
    [receipt] = response.json["receipts"]
    assert receipt["name"] == "hotel.pdf"
    assert receipt["type"] == "application/pdf"
    assert receipt["size"] == 27
    assert client.get("/trips/7/receipts").json["receipts"] == [receipt]
    assert client.get("/trips/8/receipts").json["receipts"] == []


def test_a_receipt_is_given_back(client):
    [receipt] = upload(client, 7, (PHOTO, "taxi.png")).json["receipts"]
    response = client.get(f"/trips/7/receipts/{receipt['id']}")
    assert response.status_code == 200
    assert response.data == PHOTO
    assert response.mimetype == "image/png"
    assert client.get("/trips/7/receipts/0").status_code == 404


def test_what_is_no_receipt_is_refused(client):
    response = upload(client, 7, (NOTE, "lunch.txt"))
    assert response.status_code == 415
    assert response.json["error"] == "unsupported-type"
    response = client.post("/trips/7/receipts", data={"remark": "see below"})
    assert response.status_code == 400
    assert response.json["error"] == "no-file"
    assert client.get("/trips/7/receipts").json["receipts"] == []
