"""Which addresses there are, and what a wrong one is answered with."""

from datetime import date, timedelta
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest


def a_day(seed):
    return date(seed.integer(2001, 2098), seed.integer(1, 12), seed.integer(1, 28))


def a_pair(seed):
    return f"{seed.name()} & {seed.name()}"


def guide_path(guide):
    return f"/guides/{guide.replace(' ', '_')}"


def kept(client, day, guide):
    """A walk that the app has taken in."""
    response = client.post("/walks/", json={"day": day.isoformat(), "guide": guide})
    assert response.status_code == 201
    return response.json


def target(response, asked):
    """The path and the query that a redirect leads to; its address may be absolute or not."""
    parts = urlsplit(urljoin(f"http://localhost{asked}", response.headers["Location"]))
    return unquote(parts.path), parse_qs(parts.query)


@pytest.mark.check("day-page", concept="custom-converters")
def test_a_day_shows_its_walks(client, seed):
    """The page of a day has the day and its walks in order, and the query narrows them to one guide."""
    day = a_day(seed)
    guide, other = a_pair(seed), seed.name()
    walks = [kept(client, day, name) for name in (guide, other, guide)]
    kept(client, day + timedelta(days=seed.integer(1, 40)), guide)

    page = client.get(f"/days/{day}/")
    assert page.status_code == 200
    assert (page.json["day"], page.json["walks"]) == (day.isoformat(), walks)

    narrowed = client.get(f"/days/{day}/", query_string={"guide": guide})
    assert narrowed.status_code == 200
    assert narrowed.json["walks"] == [walks[0], walks[2]]


@pytest.mark.check("other-forms-of-a-day", concept="custom-converters")
def test_a_day_has_one_form(client, seed, symptom):
    """A day in another form than that of the brief is a 404, also in forms that Python can read."""
    day = date(seed.integer(2001, 2098), seed.integer(1, 9), seed.integer(1, 9))
    assert client.get(f"/days/{day}/").status_code == 200

    year, week, weekday = day.isocalendar()
    forms = [
        f"{day:%Y%m%d}",
        f"{year}-W{week:02}-{weekday}",
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%d-%m-%Y}",
        f"{day}-{seed.integer(1, 9)}",
        seed.word(),
    ]
    for form in seed.shuffled(forms):
        status = client.get(f"/days/{form}/").status_code
        assert status != 400, symptom("bad-request")
        assert status != 200, symptom("other-form-accepted")
        assert status == 404


@pytest.mark.check("day-not-in-the-calendar", concept="custom-converters")
def test_a_day_has_to_exist(make_app, seed, symptom):
    """A day of the right form that no calendar has is a 404, and the 29th of February exists in leap years."""
    client = make_app({"TESTING": False}).test_client()  # what a view or a converter raises becomes a 500
    leap = seed.integer(501, 523) * 4
    assert client.get(f"/days/{leap}-02-29/").status_code == 200

    missing = [
        f"{leap}-02-30",
        f"{leap + 1}-02-29",
        f"{leap}-{seed.choice(['04', '06', '09', '11'])}-31",
        f"{leap}-{seed.integer(13, 99)}-01",
        f"{leap}-0{seed.integer(1, 9)}-00",
    ]
    for day in seed.shuffled(missing):
        status = client.get(f"/days/{day}/").status_code
        assert status != 400, symptom("bad-request")
        assert status != 500, symptom("server-error")
        assert status == 404


@pytest.mark.check("word-is-no-day", concept="method-matching")
def test_a_word_makes_no_address(client, seed, symptom):
    """A word in the place of a day is a 404 with every method, and without the slash, too."""
    assert client.get(f"/days/{a_day(seed)}/").status_code == 200

    for method in ("GET", "POST", "PUT", "DELETE"):
        status = client.open(f"/days/{seed.word()}/", method=method).status_code
        assert status != 405, symptom("method-refused-first")
        assert status == 404
    status = client.get(f"/days/{seed.word()}").status_code
    assert status != 308, symptom("slash-added-first")
    assert status == 404


@pytest.mark.check("guide-page", concept="custom-converters")
def test_a_guide_has_a_page(client, seed):
    """The page of a guide has the name with its spaces and the guide's own walks in order."""
    guide = seed.name()
    pair = f"{guide} & {seed.name()}"
    first, second = [kept(client, a_day(seed), name) for name in (guide, pair)]
    third = kept(client, a_day(seed), guide)

    for name, walks in ((guide, [first, third]), (pair, [second]), (seed.name(), [])):
        page = client.get(guide_path(name))
        assert page.status_code == 200
        assert page.json == {"guide": name, "walks": walks}


@pytest.mark.check("guide-with-a-space", concept="custom-converters")
def test_a_guide_has_one_address(client, seed):
    """The address of a guide has no spaces: with one it is a 404."""
    for guide in (seed.name(), a_pair(seed)):
        kept(client, a_day(seed), guide)
        assert client.get(guide_path(guide)).status_code == 200
        assert client.get(f"/guides/{guide.replace(' ', '%20')}").status_code == 404


@pytest.mark.check("walk-page", concept="value-converters")
def test_a_walk_has_a_page(client, seed):
    """Each walk is found by its number and listed in order; another number and a word are a 404."""
    walks = [kept(client, a_day(seed), seed.name()) for _ in range(seed.integer(2, 5))]
    assert [walk["id"] for walk in walks] == list(range(1, len(walks) + 1))
    assert client.get("/walks/").json == {"walks": walks}

    for walk in walks:
        page = client.get(f"/walks/{walk['id']}")
        assert (page.status_code, page.json) == (200, walk)
    assert client.get(f"/walks/{len(walks) + seed.integer(1, 900)}").status_code == 404
    assert client.get(f"/walks/{seed.word()}").status_code == 404


@pytest.mark.check("wrong-method", concept="method-matching")
def test_a_wrong_method_is_told_the_right_ones(client, seed, symptom):
    """A method that an address does not take is a 405, and Allow names those that it takes."""
    day, guide = a_day(seed), seed.name()
    walk = kept(client, day, guide)
    takes = {
        "/walks/": {"GET", "POST"},
        f"/walks/{walk['id']}": {"GET"},
        f"/days/{day}/": {"GET"},
        guide_path(guide): {"GET"},
    }
    for path, methods in takes.items():
        for method in {"POST", "PUT", "PATCH", "DELETE"} - methods:
            response = client.open(path, method=method)
            assert response.status_code == 405
            assert "Allow" in response.headers, symptom("no-allow")
            allowed = {name.strip().upper() for name in response.headers["Allow"].split(",")}
            assert allowed - {"HEAD", "OPTIONS"} == methods


@pytest.mark.check("errors-are-json", concept="method-matching")
def test_errors_are_json(client, seed):
    """Every 404 and 405 has a JSON object with a text, wherever it comes from."""
    refused = [
        (404, client.get(f"/{seed.word()}/{seed.word()}")),
        (404, client.get(f"/walks/{seed.integer(1, 900)}")),
        (405, client.delete("/walks/")),
        (405, client.put(f"/days/{a_day(seed)}/")),
    ]
    for status, response in refused:
        assert response.status_code == status
        assert response.mimetype == "application/json"
        assert isinstance(response.json["error"], str)


@pytest.mark.check("missing-slash", concept="canonical-slashes")
def test_a_missing_slash_is_added(client, seed, symptom):
    """An address that ends in a slash redirects with 308 when it is asked for without it."""
    for path in ("/walks", f"/days/{a_day(seed)}"):
        response = client.get(path)
        assert response.status_code != 200, symptom("answered-without-redirect")
        assert response.status_code == 308
        assert target(response, path) == (f"{path}/", {})
        assert client.get(f"{path}/").status_code == 200


@pytest.mark.check("extra-slash", concept="canonical-slashes")
def test_an_extra_slash_is_refused(client, seed):
    """An address that ends without a slash is a 404 with one."""
    guide = seed.name()
    walk = kept(client, a_day(seed), guide)
    for path in (f"/walks/{walk['id']}", guide_path(guide)):
        assert client.get(path).status_code == 200
        assert client.get(f"{path}/").status_code == 404


@pytest.mark.check("post-without-slash", concept="routing-redirects")
def test_a_post_is_sent_on(client, seed, symptom):
    """A POST without the slash gets a 308 and keeps nothing; sent again as it says, it keeps one walk."""
    body = {"day": a_day(seed).isoformat(), "guide": seed.name()}
    response = client.post("/walks", json=body)
    assert response.status_code != 201, symptom("kept-without-redirect")
    assert response.status_code == 308
    assert client.get("/walks/").json == {"walks": []}

    path, query = target(response, "/walks")
    assert (path, query) == ("/walks/", {})
    again = client.post(path, json=body)
    assert again.status_code == 201
    assert client.get("/walks/").json == {"walks": [again.json]}


@pytest.mark.check("redirect-keeps-query", concept="routing-redirects")
def test_a_redirect_keeps_the_query(client, seed):
    """The redirect to the slash leads to the page with the query that was asked for."""
    day, guide = a_day(seed), a_pair(seed)
    response = client.get(f"/days/{day}", query_string={"guide": guide})
    assert response.status_code == 308
    assert target(response, f"/days/{day}") == (f"/days/{day}/", {"guide": [guide]})
