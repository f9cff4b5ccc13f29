"""Some of what the brief asks for. The tests that decide are more, and use other values."""

ADA = {"email": "ada@example.com", "password": "correct horse"}
BEN = {"email": "ben@example.com", "password": "battery staple"}


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def logged_in(client, person=ADA):
    """Registers a person and logs them in; gives the pair of tokens."""
    assert client.post("/users", json=person).status_code == 201
    response = client.post("/login", json=person)
    assert response.status_code == 200
    return response.json


def test_the_app_answers(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_the_first_user_is_the_admin(client):
    response = client.post("/users", json=ADA)
    assert response.status_code == 201
    known = {"email": ADA["email"], "role": "admin", "active": True}
    assert response.json == {"id": response.json["id"], **known}
    assert client.post("/users", json=BEN).json["role"] == "member"
    assert client.post("/users", json=BEN).status_code == 409


def test_an_access_token_opens_the_api(client):
    tokens = logged_in(client)
    response = client.get("/me", headers=bearer(tokens["access_token"]))
    assert response.status_code == 200
    assert response.json["email"] == ADA["email"]


def test_without_a_token_or_a_password_there_is_no_way_in(client):
    logged_in(client)
    for response in (client.get("/me"), client.post("/login", json={**ADA, "password": "a guess"})):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_refresh_token_buys_a_new_pair(client):
    tokens = logged_in(client)
    response = client.post("/refresh", headers=bearer(tokens["refresh_token"]))
    assert response.status_code == 200
    assert set(response.json) == {"access_token", "refresh_token"}
    assert client.get("/me", headers=bearer(response.json["access_token"])).status_code == 200


def test_a_logout_ends_the_access_token(client):
    tokens = logged_in(client)
    assert client.post("/logout", headers=bearer(tokens["access_token"])).status_code == 204
    assert client.get("/me", headers=bearer(tokens["access_token"])).status_code == 401
