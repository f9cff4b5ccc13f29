"""Some of what has to stay. The tests that decide are more, and type other things."""

import pytest


@pytest.fixture
def market(client):
    """A client of a market with three offers."""
    for title, seller, cents in (
        ("Garden chair", "Ada Berg", 500),
        ("Garden table", "Ben Carr", 900),
        ("Lamp", "Ada Berg", 1200),
    ):
        assert client.post("/offers", json={"title": title, "seller": seller, "cents": cents}).status_code == 201
    return client


def titles(response):
    assert response.status_code == 200
    return [offer["title"] for offer in response.json]


def test_lists(market):
    assert titles(market.get("/offers")) == ["Garden chair", "Garden table", "Lamp"]
    assert titles(market.get("/offers", query_string={"q": "garden"})) == ["Garden chair", "Garden table"]
    assert titles(market.get("/offers", query_string={"sort": "cents"})) == ["Garden chair", "Garden table", "Lamp"]
    assert titles(market.get("/offers/by", query_string={"seller": ["Ada Berg", "Cleo Dorn"]})) == [
        "Garden chair",
        "Lamp",
    ]
    assert titles(market.get("/offers/1/more")) == ["Lamp"]


def test_only_public_offers(market):
    hidden = {"title": "Garden gate", "seller": "Ada Berg", "cents": 100, "public": False}
    assert market.post("/offers", json=hidden).json == {"id": 4}
    assert "Garden gate" not in titles(market.get("/offers"))
    assert market.get("/offers/4/page").status_code == 404


def test_an_apostrophe(market):
    new = {"title": "Kettle", "seller": "Pat O'Brien", "cents": 300}
    assert market.post("/offers", json=new).status_code == 201
    assert titles(market.get("/offers/by", query_string={"seller": "Pat O'Brien"})) == ["Kettle"]


def test_title(market):
    response = market.put("/offers/3/title", json={"title": "Desk lamp"})
    assert (response.status_code, response.json) == (200, {"id": 3, "title": "Desk lamp"})
    assert titles(market.get("/offers")) == ["Garden chair", "Garden table", "Desk lamp"]
    assert market.put("/offers/77/title", json={"title": "Desk lamp"}).status_code == 404


def test_pages(market):
    page = market.get("/offers/1/page")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Garden chair" in page.text
    hello = market.get("/hello", query_string={"name": "Ada"})
    assert hello.status_code == 200
    assert "Ada" in hello.text


def test_leaflets(client):
    assert client.post("/leaflets", json={"name": "stalls.txt", "text": "Stall 1: lamps"}).status_code == 201
    response = client.get("/leaflets", query_string={"name": "stalls.txt"})
    assert response.text == "Stall 1: lamps"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert client.get("/leaflets", query_string={"name": "../stalls.txt"}).status_code == 404
