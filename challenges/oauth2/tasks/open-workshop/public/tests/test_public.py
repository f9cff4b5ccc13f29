"""The shape of the site. Run with pytest; these tests are the browser."""

from urllib.parse import parse_qs, urlsplit


def test_the_site_is_up(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_nobody_is_logged_in_at_first(client):
    assert client.get("/me").status_code == 401


def test_a_login_begins_at_the_provider(client, provider):
    response = client.get("/login")
    assert response.status_code == 302
    address = urlsplit(response.headers["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.url}/authorize"
    query = parse_qs(address.query)
    assert query["client_id"] == [provider.client_id]
    assert query["redirect_uri"] == ["http://localhost/callback"]


def test_a_login_ends_on_the_site(make_app, provider):
    client = make_app({"MEMBERS": ["ada@example.com"]}).test_client()
    callback = provider.visit(client.get("/login").headers["Location"]).headers["Location"]
    response = client.get(callback)
    assert response.status_code == 302
    assert urlsplit(response.headers["Location"]).path == "/"
    me = client.get("/me").json
    assert isinstance(me["id"], int)
    assert me == {"id": me["id"], "name": "Ada Example", "email": "ada@example.com", "member": True}


def test_a_callback_out_of_nowhere_is_refused(client):
    assert client.get("/callback").status_code == 400


def test_a_logout_ends_the_login(client, provider):
    client.get(provider.visit(client.get("/login").headers["Location"]).headers["Location"])
    assert client.get("/me").status_code == 200
    response = client.post("/logout")
    assert response.status_code == 302
    assert client.get("/me").status_code == 401
