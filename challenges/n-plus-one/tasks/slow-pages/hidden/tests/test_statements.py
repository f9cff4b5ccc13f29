"""How many statements each page sends, and whether that number grows with the rows."""

import csv
import io

import pytest

SLACK = 2  # statements of growth that the brief lets pass
BUDGET = 10  # statements for one request
FEW, MANY = 3, 30  # rows added before the first look, and before the second


@pytest.fixture
def sent(app):
    """``sent(address)`` gives the statements that one request of a page sends."""

    def measure(address):
        client = app.test_client()
        assert client.get(address).text  # the first request may set things up
        with app.sql() as statements:
            response = client.get(address)
            assert response.text
        assert response.status_code == 200
        return list(statements)

    return measure


@pytest.fixture
def fill(client):
    """``fill(shows, networks)`` imports a document and gives the ids of the shows."""

    def load(*shows, networks=()):
        response = client.post("/import", json={"networks": list(networks), "shows": list(shows)})
        assert response.status_code == 201
        return response.json["shows"]

    return load


@pytest.fixture
def show(seed):
    """``show(…)`` makes up a show that shares no name with any other."""

    def make(episodes=1, guests=1, tags=(), reviews=1, network=None):
        return {
            "title": seed.title(),
            "network": network or seed.title(2),
            "tags": [*tags, *seed.words(2)],
            "episodes": [
                {
                    "title": seed.title(),
                    "minutes": seed.integer(10, 90),
                    "guests": [seed.name() for _ in range(guests)],
                }
                for _ in range(episodes)
            ],
            "reviews": [{"listener": seed.name(), "stars": seed.integer(1, 5)} for _ in range(reviews)],
        }

    return make


def grew(before, after):
    return len(after) > len(before) + SLACK


def aggregates(statements):
    words = ("count(", "sum(", "avg(", "total(")
    return [statement for statement in statements if any(word in statement.lower() for word in words)]


@pytest.mark.check("latest-statements", concept="many-to-one-loading")
def test_latest_episodes(sent, fill, show, symptom):
    """The list of the latest episodes, with show and network, costs the same for few and for many of them."""
    fill(*(show() for _ in range(FEW)))
    few = sent("/episodes?limit=90")
    fill(*(show() for _ in range(MANY)))
    many = sent("/episodes?limit=90")
    assert not grew(few, many), symptom("one-query-per-row")


@pytest.mark.check("page-statements", concept="limit-with-collections")
def test_page_of_shows(sent, fill, show, symptom):
    """A longer page of shows, each with its episodes, sends no more statements than a short one."""
    fill(*(show(episodes=2) for _ in range(FEW + MANY)))
    few, many = sent(f"/shows?per_page={FEW}"), sent(f"/shows?per_page={MANY}")
    assert not grew(few, many), symptom("one-query-per-row")


@pytest.mark.check("tagged-statements", concept="filtered-collections")
def test_shows_with_a_tag(sent, fill, show, seed, symptom):
    """The shows with a tag, each with all its tags, cost the same for few and for many of them."""
    tag = seed.word()
    fill(*(show(tags=[tag]) for _ in range(FEW)))
    few = sent(f"/tags/{tag}/shows")
    fill(*(show(tags=[tag]) for _ in range(MANY)))
    many = sent(f"/tags/{tag}/shows")
    assert not grew(few, many), symptom("one-query-per-row")


@pytest.mark.check("statistics-statements", concept="per-row-aggregates", points=2)
def test_statistics(sent, fill, show, symptom):
    """The statistics cost the same for few and for many shows."""
    fill(*(show(episodes=2, reviews=2) for _ in range(FEW)))
    few = sent("/statistics")
    fill(*(show(episodes=2, reviews=2) for _ in range(MANY)))
    many = sent("/statistics")
    per_row = grew(few, many)
    counted_per_row = grew(aggregates(few), aggregates(many))
    assert not (per_row and counted_per_row), symptom("one-aggregate-per-row")
    assert not per_row, symptom("one-query-per-row")


@pytest.mark.check("networks-statements", concept="nested-loading", points=2)
def test_networks(sent, fill, show, seed, symptom):
    """The networks cost the same for few and many networks, and for few and many shows in them."""
    fill(*(show() for _ in range(FEW)), networks=[seed.title(2)])
    few = sent("/networks")
    fill(networks=[seed.title(2) for _ in range(MANY)])
    more_networks = sent("/networks")
    assert not grew(few, more_networks), symptom("one-query-per-network")
    home = seed.title(2)
    fill(*(show(network=home) for _ in range(MANY)))
    more_shows = sent("/networks")
    assert not grew(more_networks, more_shows), symptom("one-query-per-show")


@pytest.mark.check("detail-statements", concept="loading-strategies", points=2)
def test_details(sent, fill, show, symptom):
    """One show costs the same with few and with many episodes, and with few and many reviews."""
    small, talkative, praised = fill(show(), show(episodes=MANY), show(reviews=MANY))
    few = sent(f"/shows/{small}")
    assert not grew(few, sent(f"/shows/{talkative}")), symptom("one-query-per-episode")
    assert not grew(few, sent(f"/shows/{praised}")), symptom("one-query-per-review")


@pytest.mark.check("export-statements", concept="bulk-reading", points=2)
def test_export(sent, fill, show, client, symptom):
    """The export has a line for each episode of each show, and costs the same for few or many."""
    shows = [show(episodes=2, guests=2) for _ in range(FEW)]
    shows[1]["network"] = None
    fill(*shows)
    found = list(csv.DictReader(io.StringIO(client.get("/export.csv").text, newline="")))
    assert found == [
        {
            "show": each["title"],
            "network": each["network"] or "",
            "number": str(number),
            "title": episode["title"],
            "minutes": str(episode["minutes"]),
            "guests": "; ".join(sorted(episode["guests"])),
        }
        for each in sorted(shows, key=lambda each: each["title"])
        for number, episode in enumerate(each["episodes"], start=1)
    ], symptom("other-lines")
    few = sent("/export.csv")
    fill(*(show(guests=2) for _ in range(MANY)))
    many = sent("/export.csv")
    assert not grew(few, many), symptom("one-query-per-row")


@pytest.mark.check("budget", concept="n-plus-one", points=2)
def test_budget(sent, fill, show, seed, symptom):
    """With dozens of rows of everything, none of the seven pages sends more than ten statements."""
    tag, home = seed.word(), seed.title(2)
    ids = fill(
        show(episodes=20, guests=2, tags=[tag], reviews=20, network=home),
        *(show(episodes=2, guests=1, tags=[tag], reviews=2) for _ in range(MANY)),
        *(show(episodes=1, network=home) for _ in range(FEW)),
    )
    pages = [
        "/episodes?limit=50",
        "/shows?per_page=30",
        f"/tags/{tag}/shows",
        "/statistics",
        "/networks",
        f"/shows/{ids[0]}",
        "/export.csv",
    ]
    for page in pages:
        assert len(sent(page)) <= BUDGET, symptom("over-budget")


@pytest.mark.check("page-in-large-directory", concept="limit-with-collections", seconds=60)
def test_page_in_a_large_directory(sent, fill, show, seed, symptom):
    """A page of five shows sends as many statements in a very large directory as in one of five shows."""
    fill(*(show() for _ in range(5)))
    few = sent("/shows?per_page=5")
    fill(
        *(
            {"title": seed.title(), "episodes": [{"title": seed.word(), "minutes": seed.integer(10, 90)}]}
            for _ in range(1800)
        )
    )
    assert not grew(few, sent("/shows?per_page=5")), symptom("reads-the-whole-directory")
