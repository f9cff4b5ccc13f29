"""Some of what the brief asks for. The tests that decide are more, and use other values."""


def member_of(client):
    response = client.post("/members", json={"name": "Ada"})
    assert response.status_code == 201
    return response.json["id"]


def send(client, member):
    return client.post("/postcards", json={"member": member, "recipient": "Ben", "text": "The whale is huge!"})


def test_the_app_answers(client):
    assert client.get("/health").json == {"status": "ok"}


def test_a_postcard_is_taken(client):
    member = member_of(client)
    response = send(client, member)
    assert response.status_code == 202
    postcard = client.get(f"/postcards/{response.json['id']}").json
    assert postcard["member"] == member
    assert postcard["recipient"] == "Ben"
    assert postcard["text"] == "The whale is huge!"
    assert postcard["status"] in ("waiting", "printed")


def test_what_is_not_there(client):
    assert client.get("/postcards/1").status_code == 404
    assert send(client, 1).status_code == 404


def test_a_postcard_is_printed_and_charged(client, start, eventually):
    member = member_of(client)
    start("worker")
    postcard = send(client, member).json["id"]
    assert eventually(lambda: client.get(f"/postcards/{postcard}").json["status"] == "printed")
    assert client.get(f"/postcards/{postcard}").json["tracking"]
    assert client.get(f"/members/{member}").json["charges"] == [{"postcard": postcard, "cents": 120}]
