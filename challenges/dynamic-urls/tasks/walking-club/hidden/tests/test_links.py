"""Where the links of the answers lead."""

from datetime import date, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest


def a_day(seed):
    return date(seed.integer(2001, 2098), seed.integer(1, 12), seed.integer(1, 28))


def a_pair(seed):
    return f"{seed.name()} & {seed.name()}"


def posted(client, day, guide, **options):
    """The response to a walk that the app has taken in."""
    response = client.post("/walks/", json={"day": day.isoformat(), "guide": guide}, **options)
    assert response.status_code == 201
    return response


def path_of(link):
    """The path of a link that has neither scheme nor host nor query."""
    parts = urlsplit(link)
    assert not parts.scheme and not parts.netloc
    assert not parts.query
    return unquote(parts.path)


@pytest.mark.check("neighbouring-days", concept="building-urls")
def test_days_lead_to_their_neighbours(client, seed):
    """The links of a day lead to the days before and after, also across months and years, without a query."""
    leap = seed.integer(501, 523) * 4
    days = [a_day(seed), date(leap, 1, 1), date(leap, 12, 31), date(leap, 2, 28), date(leap + 1, 3, 1)]
    for day in seed.shuffled(days):
        page = client.get(f"/days/{day}/").json
        for key, step in (("previous", -1), ("next", 1)):
            neighbour = day + timedelta(days=step)
            assert path_of(page[key]) == f"/days/{neighbour}/"
            followed = client.get(page[key])
            assert (followed.status_code, followed.json["day"]) == (200, neighbour.isoformat())


@pytest.mark.check("neighbours-keep-the-query", concept="building-urls")
def test_neighbours_keep_the_guide(client, seed, symptom):
    """The links of a day that was asked for with a guide have the same guide in the query."""
    day, guide = a_day(seed), a_pair(seed)
    walks = {step: posted(client, day + timedelta(days=step), guide).json for step in (-1, 1)}
    for step in walks:
        posted(client, day + timedelta(days=step), seed.name())

    page = client.get(f"/days/{day}/", query_string={"guide": guide}).json
    for key, step in (("previous", -1), ("next", 1)):
        parts = urlsplit(page[key])
        assert (parts.scheme, parts.netloc) == ("", "")
        assert unquote(parts.path) == f"/days/{day + timedelta(days=step)}/"
        query = parse_qs(parts.query, keep_blank_values=True)
        value = query.get("guide", [""])[0]
        assert value == guide or not (value and guide.startswith(value)), symptom("query-cut-short")
        assert query == {"guide": [guide]}
        assert client.get(page[key]).json["walks"] == [walks[step]]


@pytest.mark.check("links-of-a-walk", concept="custom-converters")
def test_a_walk_leads_to_its_pages(client, seed, symptom):
    """The links of a walk have the forms of the brief and lead to the pages of its day and its guide."""
    for guide in (seed.name(), a_pair(seed)):
        day = a_day(seed)
        walk = posted(client, day, guide).json
        assert path_of(walk["day_url"]) == f"/days/{day}/"
        assert client.get(walk["day_url"]).json["walks"] == [walk]

        path = path_of(walk["guide_url"])
        assert " " not in path, symptom("space-in-link")
        assert path == f"/guides/{guide.replace(' ', '_')}"
        followed = client.get(walk["guide_url"])
        assert (followed.status_code, followed.json) == (200, {"guide": guide, "walks": [walk]})


@pytest.mark.check("created-location", concept="building-urls")
def test_a_new_walk_has_a_location(client, seed, symptom):
    """The Location of a new walk is its absolute address, the same as its url, on whichever host it was asked for."""
    for base in ("http://localhost", f"https://{seed.word()}.example.org"):
        response = posted(client, a_day(seed), seed.name(), base_url=base)
        walk, location = response.json, response.headers["Location"]
        assert walk["url"] == f"{base}/walks/{walk['id']}"
        assert urlsplit(location).netloc, symptom("location-without-host")
        assert location == walk["url"]


@pytest.mark.check("links-below-a-prefix", concept="url-base")
def test_links_know_the_prefix(client, seed, symptom):
    """Where the app is mounted below a prefix, all links have it and lead to pages of the app."""
    prefix = f"/{seed.word()}"
    base = f"https://{seed.word()}.example.org{prefix}"
    day, guide = a_day(seed), seed.name()
    walk = posted(client, day, guide, base_url=base).json
    page = client.get(f"/days/{day}/", query_string={"guide": guide}, base_url=base).json

    assert prefix in walk["url"], symptom("no-prefix")
    assert walk["url"] == f"{base}/walks/{walk['id']}"
    for link in (walk["day_url"], walk["guide_url"], page["previous"], page["next"]):
        assert link.startswith(f"{prefix}/"), symptom("no-prefix")
    for link in (walk["day_url"], page["previous"], page["next"]):
        assert client.get(link.removeprefix(prefix), base_url=base).status_code == 200
