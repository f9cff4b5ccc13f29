"""What the tests of the office share."""

import http.client
import re

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


def hand_in(client, ship, things, request_id=None):
    """Hands things in; gives the response."""
    headers = {"X-Request-Id": request_id} if request_id else {}
    return client.post("/items", json={"ship": ship, "things": things}, headers=headers)


def equip(client, **troubles):
    assert client.put("/equipment", json=troubles).status_code == 204


def id_of(response):
    """The one id of a response."""
    ids = response.headers.getlist("X-Request-Id")
    assert len(ids) == 1
    assert WELL_FORMED.fullmatch(ids[0])
    return ids[0]


def assert_error(response, status, request_id=None):
    """An error answer as the brief describes it."""
    assert response.status_code == status
    assert response.mimetype == "application/json"
    found = id_of(response)
    assert request_id in (None, found)
    assert (response.json["status"], response.json["request_id"]) == (status, found)
    assert isinstance(response.json["error"], str)


def fetch(client, ship, request_id):
    """An export over HTTP: its response, or None, and its lines as far as they came."""
    try:
        response = client.get("/items.csv", query_string={"ship": ship}, headers={"X-Request-Id": request_id})
    except http.client.IncompleteRead as broken:
        return None, broken.partial.decode().splitlines()
    return response, response.text.splitlines()


def journal(client):
    return client.get("/journal").json


def health(client):
    """How many connections are open, and how many lamps lit."""
    found = client.get("/health").json
    return found["connections"], found["lamp"]
