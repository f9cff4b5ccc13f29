"""Some of what the brief asks for. The tests that decide are more, and use other values."""

import re
from urllib.parse import urljoin

FIVE = [
    {
        "ref": ref,
        "brand": brand,
        "year": 2015 + number,
        "price": 100 * number,
        "lowest_price": 90 * number,
        "electric": electric,
        "listed_at": f"2026-03-0{number}T12:00:00Z",
    }
    for number, (ref, brand, electric) in enumerate(
        [
            ("amber", "Gazelle", False),
            ("birch", "Batavus", True),
            ("cedar", "Gazelle", True),
            ("delta", "Sparta", False),
            ("ember", "Batavus", False),
        ],
        start=1,
    )
]


def filled(client):
    response = client.post("/bikes", json={"bikes": FIVE})
    assert response.status_code == 201
    return response.json["bikes"]


def refs(response):
    assert response.status_code == 200
    return [bike["ref"] for bike in response.json["bikes"]]


def link(response, rel):
    """The URL of a link with this relation, resolved as a client does it, or None."""
    for header in response.headers.getlist("Link"):
        for url, parameters in re.findall(r"<([^>]*)>([^<]*)", header):
            if re.search(rf';\s*rel="?{rel}"?', parameters):
                return urljoin(response.request.url, url).removeprefix("http://localhost")
    return None


def test_bikes_are_listed_the_newest_first(client):
    bikes = filled(client)
    response = client.get("/bikes")
    assert response.status_code == 200
    assert response.json == {"bikes": bikes[::-1]}
    assert link(response, "next") is None


def test_a_sorting_can_be_asked_for(client):
    filled(client)
    assert refs(client.get("/bikes?sort=price")) == ["amber", "birch", "cedar", "delta", "ember"]
    assert refs(client.get("/bikes?sort=-year")) == ["ember", "delta", "cedar", "birch", "amber"]
    assert client.get("/bikes?sort=colour").status_code == 400


def test_links_lead_from_page_to_page(client):
    filled(client)
    first = client.get("/bikes?sort=price&limit=2")
    assert refs(first) == ["amber", "birch"]
    assert link(first, "prev") is None
    second = client.get(link(first, "next"))
    assert len(refs(second)) == 2
    assert len(refs(client.get(link(second, "prev")))) == 2


def test_bikes_can_be_filtered(client):
    filled(client)
    assert refs(client.get("/bikes?sort=price&brand=Gazelle&electric=true")) == ["cedar"]
    assert refs(client.get("/bikes?sort=price&listed_from=2026-03-04")) == ["delta", "ember"]


def test_what_can_not_be_asked_for_is_refused(client):
    filled(client)
    for query in ("limit=many", "electric=perhaps", "listed_from=tomorrow", "cursor=nonsense"):
        assert client.get(f"/bikes?{query}").status_code == 400
