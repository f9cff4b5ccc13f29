"""Some of what the brief asks for. The tests that decide are more, and use other values."""

KEY = {"X-Api-Key": "edelweiss"}
KEY_AND_CLIENT = {**KEY, "X-Client": "hut-map"}


def test_the_site_answers(client):
    response = client.get("/")
    assert response.status_code == 200
    assert response.json == {"service": "huts"}


def test_version_one_shows_a_hut(client):
    response = client.get("/api/v1/huts/3", headers=KEY)
    assert response.status_code == 200
    assert response.json["name"] == "Three Lakes"
    assert response.json["self"] == "/api/v1/huts/3"
    assert response.headers["Sunset"] == "Wed, 30 Jun 2027 12:00:00 GMT"


def test_version_two_lists_the_open_huts(client):
    response = client.get("/api/v2/", headers=KEY_AND_CLIENT)
    assert response.status_code == 200
    assert response.json["version"] == 2
    assert [hut["id"] for hut in response.json["huts"]] == [1, 3]
    assert [hut["beds"] for hut in response.json["huts"]] == [24, 60]


def test_latest_is_version_two(client):
    response = client.get("/api/latest/huts/1", headers=KEY_AND_CLIENT)
    assert response.status_code == 200
    assert response.json["name"] == "Falcon Rock"
    assert response.json["beds"] == 24


def test_the_api_wants_its_key(client):
    response = client.get("/api/v1/huts/3")
    assert response.status_code == 401
    assert isinstance(response.json["error"], str)


def test_a_closed_hut_is_gone(client):
    response = client.get("/api/v2/huts/2", headers=KEY_AND_CLIENT)
    assert response.status_code == 410
    assert response.json["error"]["status"] == 410
