"""Some of what the brief asks for. The tests that decide are more, and use other values."""

ADA = {"name": "Ada", "region": "north"}
BEN = {"name": "Ben", "region": "south"}


def joined(client, person=ADA):
    """Adds a member; gives the header that their requests carry."""
    response = client.post("/members", json=person)
    assert response.status_code == 201
    return {"X-Member-Key": response.json["key"]}


def report(client, headers, day, kwh):
    assert client.put(f"/readings/{day}", json={"kwh": kwh}, headers=headers).status_code == 204


def test_the_app_answers(client):
    assert client.get("/health").json == {"status": "ok"}


def test_a_page_is_for_members(client):
    assert client.get("/forecast").status_code == 401
    assert client.get("/ranking", headers={"X-Member-Key": "a guess"}).status_code == 401


def test_a_second_view_runs_no_simulation(client):
    ada = joined(client)
    report(client, ada, "2025-06-01", 12)
    report(client, ada, "2025-06-02", 18)
    first = client.get("/forecast", headers=ada)
    assert first.status_code == 200
    assert first.json == {"name": "Ada", "total": 30, "forecast": 450, "run": first.json["run"]}
    assert client.get("/forecast", headers=ada).json == first.json


def test_a_page_shows_what_was_just_written(client):
    ada = joined(client)
    report(client, ada, "2025-06-01", 12)
    assert client.get("/forecast", headers=ada).json["total"] == 12
    report(client, ada, "2025-06-01", 20)
    assert client.get("/forecast", headers=ada).json["total"] == 20


def test_the_ranking_of_a_region(client):
    ada, ben = joined(client), joined(client, BEN)
    report(client, ada, "2025-06-01", 12)
    report(client, ben, "2025-06-01", 20)
    response = client.get("/ranking?region=north", headers=ben)
    assert response.json["members"] == [{"name": "Ada", "total": 12}]


def test_an_empty_redis_does_no_harm(client, redis):
    ada = joined(client)
    report(client, ada, "2025-06-01", 12)
    assert client.get("/forecast", headers=ada).json["total"] == 12
    redis.execute("FLUSHDB")
    assert client.get("/forecast", headers=ada).json["total"] == 12
