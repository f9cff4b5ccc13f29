"""A first look at the diary: its forms are sent with all the fields that they have, as a browser would."""

from html.parser import HTMLParser

import pytest


class Page(HTMLParser):
    """The fields of each form by its action, and the content of each ``meta`` by its name."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.meta, self._fields = {}, {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self._fields = self.forms.setdefault(values.get("action"), {})
        elif tag == "input" and self._fields is not None and values.get("name"):
            self._fields[values["name"]] = values.get("value") or ""
        elif tag == "meta" and values.get("name"):
            self.meta[values["name"]] = values.get("content")

    def handle_endtag(self, tag):
        if tag == "form":
            self._fields = None


@pytest.fixture
def client(make_app):
    return make_app({"MEMBERS": {"ada": "rosemary and thyme"}}).test_client()


def send(client, page, action, **values):
    """Opens a page and submits one of its forms."""
    forms = Page(client.get(page).text).forms
    assert action in forms, f"{page} has no form for {action}"
    return client.post(action, data=forms[action] | values)


def log_in(client):
    assert send(client, "/login", "/login", name="ada", password="rosemary and thyme").status_code == 302


def test_login(client):
    assert client.get("/").status_code == 302
    assert client.get("/api/diary").status_code == 401
    assert send(client, "/login", "/login", name="ada", password="parsley").status_code == 401
    log_in(client)
    assert client.get("/api/diary").json == {"member": "ada", "email": "", "plants": []}


def test_plant_is_added(client):
    log_in(client)
    assert send(client, "/", "/plants", name="Basil").status_code == 302
    assert "Basil" in client.get("/").text
    (plant,) = client.get("/api/diary").json["plants"]
    assert (plant["name"], plant["watered"]) == ("Basil", False)


def test_plant_is_watered_by_the_script(client):
    log_in(client)
    send(client, "/", "/plants", name="Basil")
    (plant,) = client.get("/api/diary").json["plants"]
    token = Page(client.get("/").text).meta.get("csrf-token")
    assert token, "the page has no token for its script"
    response = client.post(f"/api/plants/{plant['id']}/watered", json={"watered": True}, headers={"X-CSRFToken": token})
    assert (response.status_code, response.json) == (200, plant | {"watered": True})


def test_form_of_another_site_adds_nothing(client):
    log_in(client)
    headers = {"Origin": "https://other.example", "Referer": "https://other.example/"}
    client.post("/plants", data={"name": "Nettle"}, headers=headers)
    assert client.get("/api/diary").json["plants"] == []
