"""A first look at the directory: some answers, and the statements behind one page."""

import csv
import io

NIGHT_TRAINS = {
    "title": "Night Trains",
    "network": "Harbour Audio",
    "tags": ["travel"],
    "episodes": [{"title": "The Sleeper", "minutes": 42, "guests": ["Mira Okoye", "Ada Brandt"]}],
    "reviews": [{"listener": "Jun Park", "stars": 5}],
}
ATLAS = {
    "title": "Atlas of Soup",
    "network": "Quiet Radio",
    "tags": ["food"],
    "episodes": [{"title": "Barley", "minutes": 31}],
    "reviews": [{"listener": "Elif Kaya", "stars": 3}],
}


def fill(client, *shows):
    response = client.post("/import", json={"shows": shows})
    assert response.status_code == 201
    return response.json["shows"]


def test_lists_show_what_was_imported(client):
    fill(client, NIGHT_TRAINS, ATLAS)
    assert client.get("/episodes").json == [
        {"title": "Barley", "minutes": 31, "show": "Atlas of Soup", "network": "Quiet Radio"},
        {"title": "The Sleeper", "minutes": 42, "show": "Night Trains", "network": "Harbour Audio"},
    ]
    page = client.get("/shows").json
    assert page["total"] == 2
    assert [(show["title"], show["episodes"]) for show in page["shows"]] == [
        ("Atlas of Soup", [{"number": 1, "title": "Barley"}]),
        ("Night Trains", [{"number": 1, "title": "The Sleeper"}]),
    ]
    assert client.get("/tags/travel/shows").json == [{"title": "Night Trains", "tags": ["travel"]}]
    assert client.get("/tags/opera/shows").status_code == 404


def test_statistics_and_networks(client):
    fill(client, NIGHT_TRAINS, ATLAS)
    assert client.get("/statistics").json == [
        {"title": "Atlas of Soup", "episodes": 1, "minutes": 31, "reviews": 1, "stars": 3},
        {"title": "Night Trains", "episodes": 1, "minutes": 42, "reviews": 1, "stars": 5},
    ]
    assert client.get("/networks").json == [
        {"name": "Harbour Audio", "shows": [{"title": "Night Trains", "episodes": ["The Sleeper"]}]},
        {"name": "Quiet Radio", "shows": [{"title": "Atlas of Soup", "episodes": ["Barley"]}]},
    ]


def test_details_of_a_show(client):
    (show,) = fill(client, NIGHT_TRAINS)
    assert client.get(f"/shows/{show}").json == {
        "id": show,
        "title": "Night Trains",
        "network": "Harbour Audio",
        "episodes": [{"number": 1, "title": "The Sleeper", "guests": ["Ada Brandt", "Mira Okoye"]}],
        "reviews": [{"listener": "Jun Park", "stars": 5}],
    }
    assert client.get(f"/shows/{show + 1}").status_code == 404


def test_export(client):
    fill(client, NIGHT_TRAINS)
    (row,) = csv.DictReader(io.StringIO(client.get("/export.csv").text))
    assert row == {
        "show": "Night Trains",
        "network": "Harbour Audio",
        "number": "1",
        "title": "The Sleeper",
        "minutes": "42",
        "guests": "Ada Brandt; Mira Okoye",
    }


def test_latest_episodes_need_few_statements(app):
    client = app.test_client()
    fill(client, *(NIGHT_TRAINS | {"title": f"Show {n}", "network": f"Network {n}"} for n in range(20)))
    with app.sql() as statements:
        assert len(client.get("/episodes").json) == 20
    assert len(statements) <= 10
