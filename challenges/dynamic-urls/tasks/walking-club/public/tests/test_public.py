"""Some of what the brief asks for. The tests that decide are more, and use other values."""

ADA = {"day": "2025-06-14", "guide": "Ada Novak"}
ZENO = {"day": "2025-06-15", "guide": "Zeno Lind"}


def test_the_app_answers(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_a_walk_is_kept(client):
    response = client.post("/walks/", json=ADA)
    assert response.status_code == 201
    walk = response.json
    assert set(walk) == {"id", "day", "guide", "url", "day_url", "guide_url"}
    assert (walk["id"], walk["day"], walk["guide"]) == (1, ADA["day"], ADA["guide"])
    assert walk["url"] == "http://localhost/walks/1"
    assert response.headers["Location"].endswith("/walks/1")
    assert client.get("/walks/1").json == walk
    assert client.get("/walks/").json == {"walks": [walk]}


def test_a_day_has_a_page(client):
    walk = client.post("/walks/", json=ADA).json
    client.post("/walks/", json=ZENO)
    response = client.get("/days/2025-06-14/")
    assert response.status_code == 200
    page = response.json
    assert (page["day"], page["walks"]) == ("2025-06-14", [walk])
    assert (page["previous"], page["next"]) == ("/days/2025-06-13/", "/days/2025-06-15/")


def test_a_guide_has_a_page(client):
    walk = client.post("/walks/", json=ADA).json
    client.post("/walks/", json=ZENO)
    response = client.get("/guides/Ada_Novak")
    assert response.status_code == 200
    assert response.json == {"guide": "Ada Novak", "walks": [walk]}


def test_what_does_not_exist_is_an_error(client):
    response = client.get("/leaflets")
    assert response.status_code == 404
    assert isinstance(response.json["error"], str)
    assert client.get("/walks/7").status_code == 404
    assert client.delete("/walks/").status_code == 405
