"""Some of what the brief asks for. The tests that decide are more, and use other values."""


def test_a_sighting_is_kept(client):
    response = client.post("/sightings", json={"place": "North dome"})
    assert response.status_code == 201
    assert response.json == {"id": 1, "place": "North dome"}
    assert client.get("/sightings").json == [{"id": 1, "place": "North dome"}]


def test_a_healthy_app_is_alive_and_ready(client):
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 200


def test_a_request_id_comes_back(client):
    response = client.get("/sightings", headers={"X-Request-ID": "meteor-2026-08-12"})
    assert response.headers["X-Request-ID"] == "meteor-2026-08-12"


def test_there_is_a_dockerfile(submission):
    assert submission.files["Dockerfile"].strip()
