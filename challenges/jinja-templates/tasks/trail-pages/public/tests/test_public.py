"""Some of what the brief asks for. The tests that decide are more, and use other values."""

import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """The elements of a page: each a dict of its attributes, with its tag and its text."""

    def __init__(self, response):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        element = {**dict(attrs), "tag": tag, "text": ""}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def handle_endtag(self, tag):
        if tag in [element["tag"] for element in self.open]:
            while self.open.pop()["tag"] != tag:
                pass

    def all(self, **wanted):
        """The elements with these attributes; an underscore stands for a hyphen."""
        names = {name.replace("_", "-"): value for name, value in wanted.items()}
        return [found for found in self.elements if all(found.get(name) == names[name] for name in names)]

    def one(self, **wanted):
        (element,) = self.all(**wanted)
        return element


def text(element):
    return " ".join(element["text"].split())


@pytest.fixture
def hills(client):
    """A client of a site with two trails and a report."""
    for name, km in (("Fell Round", 12), ("Dale Way", 7.5)):
        assert client.post("/api/trails", json={"name": name, "region": "North", "km": km}).status_code == 201
    report = {"author": "Ada", "text": "Dry.\nStill warm.\n\nGo soon.", "link": "https://example.com/photos"}
    assert client.post("/api/trails/1/reports", json=report).status_code == 201
    return client


def test_the_list_shows_cards(hills):
    response = hills.get("/")
    assert response.status_code == 200
    page = Page(response)
    assert text(page.one(tag="title")) == "Trails | Trail reports"
    assert [card["data-card"] for card in page.elements if "data-card" in card] == ["1", "2"]
    assert text(page.one(href="/trails/1", data_field="name")) == "Fell Round"
    assert [text(element) for element in page.all(data_field="distance")] == ["12.0 km", "7.5 km"]


def test_a_search_narrows_the_list(hills):
    page = Page(hills.get("/?q=fell"))
    assert page.one(id="q")["value"] == "fell"
    assert page.all(data_card="1") and not page.all(data_card="2")


def test_the_map_gets_its_data(hills):
    page = Page(hills.get("/"))
    assert json.loads(page.one(id="map-data")["text"]) == [
        {"id": 1, "name": "Fell Round", "km": 12},
        {"id": 2, "name": "Dale Way", "km": 7.5},
    ]


def test_a_trail_shows_its_reports(hills):
    page = Page(hills.get("/trails/1"))
    assert text(page.one(tag="h1")) == "Fell Round"
    assert text(page.one(id="region")) == "North"
    assert page.one(data_report="1")
    assert text(page.one(data_field="author")) == "Ada"
    assert text(page.one(data_field="text")).endswith("Go soon.")
    assert page.one(data_field="link")["href"] == "https://example.com/photos"


def test_a_visitor_may_choose_miles(hills):
    assert hills.post("/units", data={"units": "mi"}).status_code == 303
    assert text(Page(hills.get("/trails/2")).one(id="distance")) == "4.7 mi"


def test_the_navigation_marks_the_section(hills):
    page = Page(hills.get("/about"))
    assert page.one(tag="nav", id="main-nav")
    assert page.one(href="/about", aria_current="page")


def test_a_missing_trail_has_a_page(hills):
    response = hills.get("/trails/99")
    assert response.status_code == 404
    assert text(Page(response).one(tag="h1")) == "No such page"


def test_the_feed_has_the_reports(hills):
    response = hills.get("/feed")
    assert response.mimetype == "application/rss+xml"
    root = ET.fromstring(response.text)
    assert [title.text for title in root.findall("channel/item/title")] == ["Fell Round"]
