"""Some of what the brief asks for. The tests that decide are more, and use other values."""

import pytest


@pytest.fixture
def person(client):
    """``person(name)`` adds a person and gives their id."""

    def add(name):
        response = client.post("/people", json={"name": name})
        assert response.status_code == 201
        return response.json["id"]

    return add


@pytest.fixture
def storm(client, person):
    """A production with a director and two scenes."""
    scenes = [{"title": "The Ship", "props": ["rope", "lamp"]}, {"title": "The Shore", "props": []}]
    body = {"title": "The Storm", "season": 2031, "director": person("Noor Haddad"), "scenes": scenes}
    response = client.post("/productions", json=body)
    assert response.status_code == 201
    return response.json


def test_the_app_answers(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_a_production_is_made_and_read(client, storm):
    assert storm["title"] == "The Storm"
    assert storm["season"] == 2031
    assert storm["director"]["name"] == "Noor Haddad"
    assert [scene["title"] for scene in storm["scenes"]] == ["The Ship", "The Shore"]
    assert storm["scenes"][0]["props"] == ["lamp", "rope"]
    assert storm["cast"] == []
    assert client.get(f"/productions/{storm['id']}").json == storm


def test_somebody_joins_the_cast(client, person, storm):
    mira = person("Mira Okoye")
    address = f"/productions/{storm['id']}/cast"
    response = client.post(address, json={"person": mira, "part": "The Captain", "fee": 900})
    assert response.status_code == 201
    assert response.json == {"person": {"id": mira, "name": "Mira Okoye"}, "part": "The Captain", "fee": 900}
    assert client.get(f"/people/{mira}").json == {
        "id": mira,
        "name": "Mira Okoye",
        "directs": [],
        "castings": [{"production": storm["id"], "part": "The Captain", "fee": 900}],
    }


def test_a_scene_gets_other_props(client, storm):
    scene = storm["scenes"][1]["id"]
    response = client.put(f"/scenes/{scene}/props", json={"props": ["barrel"]})
    assert response.status_code == 200
    assert response.json == {"id": scene, "title": "The Shore", "props": ["barrel"]}
    uses = {"barrel": 1, "lamp": 1, "rope": 1}
    assert client.get("/props").json == {"props": [{"name": name, "scenes": uses[name]} for name in sorted(uses)]}


def test_scenes_are_put_in_full(client, storm):
    ids = [scene["id"] for scene in storm["scenes"]]
    response = client.put(f"/productions/{storm['id']}/scenes", json={"scenes": ids})
    assert response.status_code == 200
    assert response.json == storm


def test_a_cast_is_put_in_full(client, person, storm):
    mira = person("Mira Okoye")
    cast = [{"person": mira, "part": "The Captain", "fee": 900}]
    response = client.put(f"/productions/{storm['id']}/cast", json={"cast": cast})
    assert response.status_code == 200
    assert [casting["part"] for casting in response.json["cast"]] == ["The Captain"]


def test_things_are_counted(client, storm):
    assert client.get("/counts").json == {
        "people": 1,
        "productions": 1,
        "scenes": 2,
        "castings": 0,
        "props": 2,
        "prop_uses": 2,
    }


def test_a_production_that_is_not_there(client):
    assert client.get("/productions/12345").status_code == 404


def test_a_production_without_scenes_is_deleted(client):
    body = {"title": "The Calm", "season": 2032, "director": None, "scenes": []}
    made = client.post("/productions", json=body).json
    assert made["director"] is None
    assert client.delete(f"/productions/{made['id']}").status_code == 204
    assert client.get(f"/productions/{made['id']}").status_code == 404
