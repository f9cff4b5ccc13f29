"""Some of what the brief asks for. The tests that decide are more, and use other values."""

from urllib.parse import urlsplit

ADA = {"email": "ada@example.com", "password": "correct horse"}


def leads_to(response, path):
    return response.status_code == 302 and urlsplit(response.headers["Location"]).path == path


def logged_in(client):
    """Registers Ada and logs her in; gives the answer to the login."""
    assert client.post("/register", data=ADA).status_code == 201
    return client.post("/login", data=ADA)


def test_the_app_answers(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_a_visitor_has_a_basket_and_no_account(client):
    assert client.post("/basket", data={"item": "Leek"}).status_code == 204
    assert client.get("/").json == {"customer": None, "basket": ["Leek"]}
    assert leads_to(client.get("/account"), "/login")


def test_an_address_is_registered_once(client):
    response = client.post("/register", data=ADA)
    assert response.status_code == 201
    assert response.json == {"email": "ada@example.com"}
    assert client.post("/register", data=ADA).status_code == 409


def test_a_login_opens_the_account(client):
    assert leads_to(logged_in(client), "/account")
    assert client.get("/account").json == {"email": "ada@example.com"}
    assert client.get("/account/invoices").json == {"invoices": []}
    assert client.get("/").json["customer"] == "ada@example.com"


def test_a_wrong_password_is_refused(client):
    logged_in(client)
    other = client.post("/login", data=ADA | {"password": "a guess"})
    assert other.status_code == 401


def test_a_logout_ends_the_login(client):
    logged_in(client)
    assert leads_to(client.post("/logout"), "/")
    assert client.get("/").json["customer"] is None


def test_the_password_can_be_changed(client):
    logged_in(client)
    fields = {"current": ADA["password"], "new": "battery staple"}
    assert client.post("/account/password", data=fields).status_code == 204
    assert client.get("/").json["customer"] == "ada@example.com"
