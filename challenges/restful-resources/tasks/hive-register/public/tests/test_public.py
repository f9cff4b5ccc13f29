"""Some of what the brief asks for. The tests that decide are more, and use other values."""

import csv

OAK = {"code": "oak7", "site": "Mill Lane", "boxes": 3, "note": "calm, new queen"}


def test_the_app_answers(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_a_hive_is_made_and_read(client):
    response = client.post("/hives", json=OAK)
    assert response.status_code == 201
    assert response.json == OAK
    assert response.headers["Location"].endswith("/hives/oak7")
    assert client.get("/hives/oak7").json == OAK
    assert client.get("/hives").json == {"hives": [OAK]}


def test_a_spreadsheet_reads_csv(client):
    assert client.post("/hives", json=OAK).status_code == 201
    response = client.get("/hives", headers={"Accept": "text/csv"})
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    assert list(csv.reader(response.text.splitlines())) == [
        ["code", "site", "boxes", "note"],
        ["oak7", "Mill Lane", "3", "calm, new queen"],
    ]


def test_a_copy_that_is_still_good(client):
    assert client.post("/hives", json=OAK).status_code == 201
    tag = client.get("/hives/oak7").headers["ETag"]
    assert client.get("/hives/oak7", headers={"If-None-Match": tag}).status_code == 304


def test_a_hive_is_changed_and_removed(client):
    assert client.post("/hives", json=OAK).status_code == 201
    tag = client.get("/hives/oak7").headers["ETag"]
    body = {"site": "Mill Lane", "boxes": 4, "note": "calm, new queen"}
    response = client.put("/hives/oak7", json=body, headers={"If-Match": tag})
    assert response.status_code == 200
    assert response.json == {**OAK, "boxes": 4}
    tag = client.get("/hives/oak7").headers["ETag"]
    assert client.patch("/hives/oak7", json={"boxes": 5}, headers={"If-Match": tag}).status_code == 200
    tag = client.get("/hives/oak7").headers["ETag"]
    assert client.delete("/hives/oak7", headers={"If-Match": tag}).status_code == 204
    response = client.get("/hives/oak7")
    assert response.status_code == 404
    assert isinstance(response.json["message"], str)
