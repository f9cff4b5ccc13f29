"""Judges the list by HTTP alone. Links are followed as a client does it, and cursors are never looked into.

`stock` gives bikes whose ref, price, year and age all grow together and differ: whoever compares them wrongly gets the
same pages there. Equal values and refs in another order are the matter of checks of their own.
"""

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest

SORTS = ("price", "-price", "year", "-year", "listed_at", "-listed_at")
LINK = re.compile(r"<([^>]*)>([^<]*)")
RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))', re.IGNORECASE)


def written(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def past(seed):
    """The beginning of a day some years ago."""
    return datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=seed.integer(0, 900))


def bike(seed, **values):
    price = seed.integer(200, 900)
    usual = {
        "ref": seed.word(),
        "brand": seed.word().title(),
        "year": seed.integer(1990, 2025),
        "price": price,
        "lowest_price": price - seed.integer(10, 90),
        "electric": seed.choice([True, False]),
        "listed_at": written(past(seed)),
    }
    return {**usual, **values}


def stock(seed, count, **values):
    """Bikes in the order of every ascending sorting but the one by time, which is the other way round."""
    refs = sorted(seed.words(count))
    start, price, step = past(seed), seed.integer(1000, 2000), 20
    return [
        bike(
            seed,
            ref=ref,
            price=price + step * number,
            year=1900 + number,
            listed_at=written(start - timedelta(days=number)),
            **values,
        )
        for number, ref in enumerate(refs)
    ]


def add(client, bikes):
    """Puts bikes up for sale; gives them as the market shows them, in the order given here."""
    response = client.post("/bikes", json={"bikes": bikes})
    assert response.status_code == 201
    return response.json["bikes"]


def remove(client, *bikes):
    for gone in bikes:
        assert client.delete(f"/bikes/{gone['ref']}").status_code == 204


def ask(client, *pairs, **parameters):
    return client.get(f"/bikes?{urlencode([*pairs, *parameters.items()])}")


def shown(response):
    assert response.status_code == 200
    return response.json["bikes"]


def refs(bikes):
    return [each["ref"] for each in bikes]


def links(response):
    """The links of an answer by relation, resolved against its URL and written without the host."""
    found = {}
    for header in response.headers.getlist("Link"):
        for target, parameters in LINK.findall(header):
            url = urlsplit(urljoin(response.request.url, target))
            assert (url.scheme, url.netloc) == ("http", "localhost")
            for quoted, plain in RELATION.findall(parameters):
                for relation in (quoted or plain).lower().split():
                    assert relation not in found, f"two links are {relation}"
                    found[relation] = f"{url.path}?{url.query}" if url.query else url.path
    return found


def follow(client, response, relation):
    targets = links(response)
    assert relation in targets, f"there is no link {relation}"
    return client.get(targets[relation])


def walk(client, response, relation, most):
    """The bikes of this page and of all that a relation leads to, page by page."""
    pages = [shown(response)]
    while relation in links(response):
        assert len(pages) < most, "the links lead on and on"
        response = follow(client, response, relation)
        pages.append(shown(response))
    return pages


def cut(bikes, limit):
    return [bikes[start : start + limit] for start in range(0, len(bikes), limit)]


def with_parameter(url, name, value):
    """A link in which one parameter is another."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return f"{parts.path}?{urlencode([*kept, (name, value)])}"


def cursor_in(url):
    (cursor,) = [value for name, value in parse_qsl(urlsplit(url).query) if name == "cursor"]
    return cursor


def scrambled(bikes):
    """Another order, which is neither the given one nor its opposite."""
    middle = len(bikes) // 2
    return bikes[middle:] + bikes[:middle]


def in_order(bikes, sort):
    """Two stable sorts: by ref, then by the value."""
    by_ref = sorted(bikes, key=lambda each: each["ref"])
    field = sort.removeprefix("-")
    return sorted(by_ref, key=lambda each: each[field], reverse=sort.startswith("-"))


def second_pages_compared_apart(ordered, sort, limit):
    """What comes second where the value and the ref are each compared for itself, joined by AND or by OR."""
    field, down = sort.removeprefix("-"), sort.startswith("-")
    last = ordered[limit - 1]

    def further(each):
        return each[field] < last[field] if down else each[field] > last[field]

    both = [each for each in ordered if further(each) and each["ref"] > last["ref"]]
    either = [each for each in ordered if further(each) or each["ref"] > last["ref"]]
    return both[:limit], either[:limit]


def from_the_middle(items):
    """The middle one, then in turn one from above and one from below: what is next lies on both sides of it."""
    below, above = items[: len(items) // 2][::-1], items[len(items) // 2 :]
    return [each for pair in zip(above, below, strict=True) for each in pair]


@pytest.mark.check("pages-fit-together", concept="cost-of-pages")
def test_pages_fit_together(client, seed, symptom):
    """Bikes of different prices: the pages hold each of them once, in order, and are full but for the last."""
    limit = seed.integer(3, 5)
    bikes = stock(seed, 4 * limit + 2)
    for each, ref in zip(bikes, from_the_middle(refs(bikes)), strict=True):
        each["ref"] = ref
    bikes = add(client, seed.shuffled(bikes))
    first_pages = {}
    for sort in ("price", "-price"):
        expected = in_order(bikes, sort)
        first_pages[sort] = response = ask(client, sort=sort, limit=limit)
        assert shown(response) == expected[:limit]
        second = shown(follow(client, response, "next"))
        if second != expected[limit : 2 * limit]:
            assert second != expected[limit + 1 : 2 * limit + 1], symptom("lost-behind-each-page")
            assert second not in second_pages_compared_apart(expected, sort, limit), symptom("columns-compared-apart")
        assert second == expected[limit : 2 * limit]
    for sort, response in first_pages.items():
        assert walk(client, response, "next", 12) == cut(in_order(bikes, sort), limit)


def tied(client, seed, limit):
    """Bikes in two groups: within each of them all values are equal, and the refs came in another order."""
    days = past(seed)
    groups = []
    for number in (0, 1):
        values = {"price": 300 + number, "year": 2010 + number, "listed_at": written(days + timedelta(hours=number))}
        names = sorted(seed.words(2 * limit + 1))
        groups.append([bike(seed, ref=ref, **values) for ref in scrambled(names)])
    return add(client, groups[1] + groups[0])


def judge_ties(client, bikes, sort, limit, symptom):
    expected = in_order(bikes, sort)
    response = ask(client, sort=sort, limit=limit)
    first = shown(response)
    field = sort.removeprefix("-")
    values = [each[field] for each in first]
    if values == [each[field] for each in expected[:limit]]:
        assert refs(first) == refs(expected[:limit]), symptom("equal-rows-unordered")
    assert first == expected[:limit]
    pages = walk(client, response, "next", 12)
    seen = refs([each for page in pages for each in page])
    assert len(set(seen)) == len(seen), symptom("equal-rows-twice")
    by_value = [
        [each for each in expected if each[field] == value][:limit]
        for value in (expected[0][field], expected[-1][field])
    ]
    assert pages != by_value, symptom("equal-rows-lost")
    assert pages == cut(expected, limit)


@pytest.mark.check("equal-values", concept="total-order")
def test_bikes_with_the_same_value_are_all_listed(client, seed, symptom):
    """Ascending sortings in which many bikes have the same value: each is listed once, by ref among equals."""
    limit = seed.integer(3, 5)
    bikes = tied(client, seed, limit)
    for sort in seed.shuffled(["price", "year", "listed_at"]):
        judge_ties(client, bikes, sort, limit, symptom)


@pytest.mark.check("equal-values-descending", concept="keyset-comparison")
def test_equal_values_in_a_descending_sorting(client, seed, symptom):
    """Descending sortings in which many bikes have the same value; the newest come first where no sort is sent."""
    limit = seed.integer(3, 5)
    bikes = tied(client, seed, limit)
    for sort in seed.shuffled(["-price", "-year", "-listed_at"]):
        judge_ties(client, bikes, sort, limit, symptom)
    assert shown(ask(client)) == in_order(bikes, "-listed_at")[:20]


@pytest.mark.check("back-again", concept="keyset-comparison")
def test_the_way_back(client, seed, symptom):
    """From the last page back to the first: each page is the one directly before, in the order of the list."""
    limit = seed.integer(3, 5)
    bikes = add(client, stock(seed, 3 * limit + 2))
    response = ask(client, sort="price", limit=limit)
    for _ in range(3):
        response = follow(client, response, "next")
    assert shown(response)[-1] == bikes[-1]
    before = bikes[: bikes.index(shown(response)[0])]
    previous = shown(follow(client, response, "prev"))
    assert previous != before[-limit:][::-1], symptom("page-is-reversed")
    assert previous != before[:limit], symptom("page-from-the-front")
    pages = [page for page in walk(client, response, "prev", 8) if page]
    assert pages[1:] == [bikes[start : start + limit] for start in (2 * limit, limit, 0)]


@pytest.mark.check("rows-come-and-go", concept="moving-data", points=2)
def test_bikes_come_and_go_between_two_pages(client, seed, symptom):
    """Bikes are added and removed before and behind the page that was read: nothing is skipped or shown again."""
    limit = seed.integer(4, 6)
    offers = stock(seed, 4 * limit)
    bikes = add(client, offers)
    cheapest = offers[0]["price"]
    response = ask(client, sort="price", limit=limit)
    assert shown(response) == bikes[:limit]

    add(client, [bike(seed, ref=f"a{seed.word()}", price=cheapest - number) for number in (1, 2)])
    response = follow(client, response, "next")
    assert shown(response) != bikes[limit - 2 : 2 * limit - 2], symptom("shown-again")
    assert shown(response) == bikes[limit : 2 * limit]

    remove(client, *bikes[: limit - 1])
    response = follow(client, response, "next")
    assert shown(response) == bikes[2 * limit : 3 * limit]

    def just_after(neighbour):
        return bike(seed, ref=neighbour["ref"] + "b", price=neighbour["price"] + 5)

    before, behind = add(client, [just_after(bikes[2 * limit - 1]), just_after(bikes[3 * limit - 1])])
    remove(client, bikes[3 * limit])
    assert shown(follow(client, response, "prev")) == [*bikes[limit + 1 : 2 * limit], before]
    assert shown(follow(client, response, "next")) == [behind, *bikes[3 * limit + 1 : 4 * limit]]


@pytest.mark.check("bike-of-the-place-removed", concept="moving-data")
def test_the_last_bike_of_a_page_is_removed(client, seed, symptom):
    """When the last bike of a page is removed, or the first one, its links lead to the same bikes as before."""
    limit = seed.integer(3, 5)
    bikes = add(client, stock(seed, 4 * limit))
    first = ask(client, sort="price", limit=limit)
    assert shown(first) == bikes[:limit]
    target = links(first)["next"]
    remove(client, bikes[limit - 1])
    try:
        second = client.get(target)
    except Exception:
        symptom("place-is-gone")
        raise
    assert second.status_code == 200, symptom("place-is-gone")
    assert shown(second) != [*bikes[: limit - 1], bikes[limit]], symptom("place-is-gone")
    assert shown(second) != bikes[limit + 1 : 2 * limit + 1], symptom("row-skipped")
    assert shown(second) == bikes[limit : 2 * limit]
    remove(client, bikes[limit])
    back = follow(client, second, "prev")
    assert back.status_code == 200, symptom("place-is-gone")
    assert shown(back) == bikes[: limit - 1]


@pytest.mark.check("both-ends", concept="cost-of-pages")
def test_links_end_where_the_list_ends(client, seed, symptom):
    """There is no next behind the last bike and no prev before the first, however the page was reached."""
    limit = seed.integer(3, 5)
    bikes = add(client, stock(seed, 2 * limit))
    first = ask(client, sort="price", limit=limit)
    assert shown(first) == bikes[:limit]
    assert set(links(first)) == {"next"}
    second = follow(client, first, "next")
    assert "next" not in links(second), symptom("next-on-the-last-page")
    assert set(links(second)) == {"prev"}
    again = follow(client, second, "prev")
    assert sorted(refs(shown(again))) == refs(bikes[:limit])
    assert "prev" not in links(again), symptom("prev-on-the-first-page")
    assert set(links(again)) == {"next"}
    whole = ask(client, sort="price", limit=2 * limit)
    assert shown(whole) == bikes
    assert "next" not in links(whole), symptom("next-on-the-last-page")
    assert not links(whole)


@pytest.mark.check("empty-page", concept="moving-data")
def test_a_page_without_bikes(client, seed, symptom):
    """No bikes, no match, or all bikes behind the page removed: 200, an empty list, and no links."""
    limit = seed.integer(3, 5)
    nothing = [ask(client)]
    bikes = add(client, stock(seed, limit + 3))
    nothing.append(ask(client, brand=seed.word()))
    first = ask(client, sort="price", limit=limit)
    assert shown(first) == bikes[:limit]
    remove(client, *bikes[limit:])
    nothing.append(follow(client, first, "next"))
    for response in nothing:
        assert response.status_code != 404, symptom("empty-is-404")
        assert shown(response) == []
        assert not links(response)


@pytest.mark.check("limit-in-bounds", concept="client-numbers")
def test_a_page_has_a_size(client, seed):
    """20 bikes where no limit is sent, as many as asked for up to 100, and 100 for any larger number."""
    bikes = add(client, stock(seed, 120))
    sizes = {"": 20}
    for limit in (1, seed.integer(2, 19), seed.integer(21, 99), 100):
        sizes[f"&limit={limit}"] = limit
    for limit in (101, seed.integer(1000, 9999), 10**19 + seed.integer(1, 999)):
        sizes[f"&limit={limit}"] = 100
    for query, size in sizes.items():
        assert refs(shown(client.get(f"/bikes?sort=price{query}"))) == refs(bikes[:size])


@pytest.mark.check("limit-out-of-bounds", concept="client-numbers")
def test_a_limit_that_is_none(client, seed, symptom):
    """Zero, a negative number, a fraction, text and an empty limit are refused."""
    add(client, stock(seed, 30))
    answers = []
    for limit in seed.shuffled(["0", f"{seed.integer(2, 9)}.5", seed.word(), ""]):
        response = ask(client, limit=limit)
        lifted = response.status_code == 200 and len(response.json["bikes"]) > 20
        assert not lifted, symptom("limit-is-lifted")
        answers.append(response.status_code)
    for limit in ("-1", f"-{seed.integer(2, 50)}"):
        answers.append(ask(client, limit=limit).status_code)
    assert answers == [400] * 6


@pytest.mark.check("listed-names-only", concept="field-whitelist")
def test_only_what_is_named_can_be_asked_for(client, seed, symptom):
    """Sortings that the brief does not name, by the hidden column for one, and unknown parameters are refused."""
    add(client, stock(seed, 3))
    hidden = [ask(client, sort=name).status_code for name in ("lowest_price", "-lowest_price")]
    assert 200 not in hidden, symptom("hidden-column-sorts")
    assert hidden == [400, 400]
    others = ["ref", "brand", "electric", "-", "--price", "Price", "price,year", "metadata", seed.word(), ""]
    for name in seed.shuffled(others):
        assert ask(client, sort=name).status_code == 400
    for name in seed.shuffled(["lowest_price", "price", "brands", "Brand", seed.word()]):
        assert client.get(f"/bikes?{name}=500").status_code == 400
        assert client.get(f"/bikes?sort=price&limit=5&{name}=500").status_code == 400


@pytest.mark.check("any-of-the-brands", concept="query-string-values")
def test_several_brands(client, seed, symptom):
    """One brand gives its bikes; several give the bikes of any of them."""
    brands = seed.words(4)
    bikes = stock(seed, 12)
    for number, each in enumerate(bikes):
        each["brand"] = brands[number % 4]
    bikes = add(client, bikes)

    def of(*names):
        return [each for each in bikes if each["brand"] in names]

    assert shown(ask(client, sort="price", brand=brands[0])) == of(brands[0])
    for asked in (seed.shuffled(brands)[:2], seed.shuffled(brands)[:3]):
        found = shown(ask(client, *[("brand", brand) for brand in asked], sort="price"))
        assert found != of(asked[0]), symptom("first-brand-only")
        assert found == of(*asked)


@pytest.mark.check("electric-or-not", concept="query-string-values")
def test_the_electric_filter(client, seed, symptom):
    """`true` gives the electric bikes, `false` the others, and anything else is refused."""
    bikes = stock(seed, 9)
    for number, each in enumerate(bikes):
        each["electric"] = number % 3 == 0
    bikes = add(client, bikes)
    electric = [each for each in bikes if each["electric"]]
    assert shown(ask(client, sort="price", electric="true")) == electric
    others = shown(ask(client, sort="price", electric="false"))
    assert others != electric, symptom("false-is-true")
    assert others == [each for each in bikes if not each["electric"]]
    for value in (seed.word(), "2", ""):
        assert ask(client, electric=value).status_code == 400


@pytest.mark.check("whole-days", concept="date-ranges")
def test_days_are_whole(client, seed, symptom):
    """Both days of a range count from their first second to their last; what is no day is refused."""
    start = past(seed)
    last = start + timedelta(days=seed.integer(2, 20))
    end = last + timedelta(days=1)
    second, hour = timedelta(seconds=1), timedelta(hours=seed.integer(1, 20))
    moments = [start - second, start, start + hour, last, last + hour, end - second, end]
    bikes = add(client, [bike(seed, listed_at=written(moment)) for moment in moments])
    from_day, until_day = f"{start:%Y-%m-%d}", f"{last:%Y-%m-%d}"
    until = shown(ask(client, sort="listed_at", listed_until=until_day))
    assert until not in (bikes[:3], bikes[:4]), symptom("last-day-is-cut")
    assert until == bikes[:6]
    assert shown(ask(client, sort="listed_at", listed_from=from_day)) == bikes[1:]
    assert shown(ask(client, sort="listed_at", listed_from=from_day, listed_until=until_day)) == bikes[1:6]
    one_day = shown(ask(client, sort="listed_at", listed_from=until_day, listed_until=until_day))
    assert one_day == bikes[3:6]
    for name in ("listed_from", "listed_until"):
        for value in (seed.word(), "2026-02-30", "2026-13-01", ""):
            assert ask(client, **{name: value}).status_code == 400


@pytest.mark.check("pages-of-matches", concept="limit-counts-rows")
def test_filtered_pages_are_full(client, seed, symptom):
    """With filters, too, each page but the last has as many bikes as were asked for."""
    limit = seed.integer(3, 5)
    bikes = stock(seed, 9 * limit + 3)
    for number, each in enumerate(bikes):
        each["electric"] = number % 3 == 0
    bikes = add(client, bikes)
    matching = bikes[::3]
    response = ask(client, sort="price", limit=limit, electric="true")
    first = shown(response)
    assert first != [each for each in bikes[:limit] if each in matching], symptom("page-not-filled")
    assert first == matching[:limit]
    assert walk(client, response, "next", 12) == cut(matching, limit)


@pytest.mark.check("links-keep-the-search", concept="page-links")
def test_links_keep_the_search(client, seed, symptom):
    """Links keep every filter, with all brands and whatever characters they have, in both directions."""
    limit = seed.integer(3, 5)
    brands = [f"{seed.word()} & {seed.word()}", f"{seed.word()}+50%, é", seed.word(), seed.word()]
    bikes = stock(seed, 20 * limit)
    for number, each in enumerate(bikes):
        each["brand"] = brands[number % 4]
        each["electric"] = number % 8 < 4
    newest, oldest = bikes[4]["listed_at"][:10], bikes[-9]["listed_at"][:10]
    bikes = add(client, bikes)
    asked = seed.shuffled(brands[:3])

    def of(*names):
        return [each for each in bikes[4:-8] if each["brand"] in names and each["electric"]]

    filters = [("brand", brand) for brand in asked]
    filters += [("electric", "true"), ("listed_from", oldest), ("listed_until", newest)]
    response = ask(client, *filters, sort="price", limit=limit)
    assert shown(response) == of(*asked)[:limit]
    place = bikes.index(shown(response)[-1]) + 1
    second = follow(client, response, "next")
    assert second.status_code == 200
    first_brand = [each for each in of(asked[0]) if each in bikes[place:]]
    assert shown(second) != bikes[place : place + limit], symptom("filters-lost")
    assert shown(second) != first_brand[:limit], symptom("first-brand-only")
    found = [each for page in walk(client, response, "next", 20) for each in page]
    assert found == of(*asked)
    back = shown(follow(client, follow(client, second, "next"), "prev"))
    assert sorted(refs(back)) == sorted(refs(shown(second)))


@pytest.mark.check("made-up-cursor", concept="cursor-token")
def test_a_cursor_that_is_none(client, seed):
    """A made-up cursor, an empty one and one that was cut off are refused."""
    add(client, stock(seed, 9))
    cursor = cursor_in(links(ask(client, sort="price", limit=3))["next"])
    encoded = base64.urlsafe_b64encode(json.dumps([seed.word()]).encode()).decode()
    wrong = ["", "0", "2", "é", seed.word(), seed.token(), encoded, cursor[: len(cursor) // 2], cursor[:1]]
    for text in seed.shuffled(wrong):
        assert ask(client, sort="price", limit=3, cursor=text).status_code == 400


@pytest.mark.check("changed-cursor", concept="cursor-token", seconds=20)
def test_a_changed_cursor(client, seed, symptom):
    """A cursor in which a single character is another one is refused, wherever it stands."""
    add(client, stock(seed, 9))
    url = links(ask(client, sort="price", limit=3))["next"]
    cursor = cursor_in(url)
    assert len(shown(client.get(url))) == 3
    # The last characters are left alone: some encodings have bits there that mean nothing.
    for place in range(len(cursor) - 4):
        letters = [letter for letter in "abcdefghij0123456789" if letter != cursor[place].lower()]
        changed = cursor[:place] + seed.choice(letters) + cursor[place + 1 :]
        response = client.get(with_parameter(url, "cursor", changed))
        assert response.status_code != 200, symptom("change-is-accepted")
        assert response.status_code == 400


@pytest.mark.check("cursor-of-another-sorting", concept="cursor-token")
def test_a_cursor_of_another_sorting(client, seed, symptom):
    """A cursor works with the sorting that it was made for and is refused with any other."""
    add(client, stock(seed, 9))
    for sort in seed.shuffled(["price", "year", "-listed_at"]):
        url = links(ask(client, sort=sort, limit=3))["next"]
        assert len(shown(client.get(url))) == 3
        opposite = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
        for other in [opposite, *seed.shuffled([name for name in SORTS if name not in (sort, opposite)])]:
            response = client.get(with_parameter(url, "sort", other))
            assert response.status_code != 200, symptom("taken-for-this-sorting")
            assert response.status_code == 400


@pytest.mark.check("cursor-in-another-process", concept="cursor-token")
def test_a_cursor_works_in_another_process(make_app, new_database, seed):
    """A link that one process has made leads on in another one with the same database and key."""
    config = {"SQLALCHEMY_DATABASE_URI": new_database()}
    here = make_app(config).test_client()
    there = make_app(config, worker="second").test_client()
    add(here, stock(seed, 9))
    first = ask(here, sort="price", limit=3)
    second = follow(there, first, "next")
    assert shown(second)
    assert shown(second) == shown(follow(here, first, "next"))
    assert shown(follow(here, second, "prev")) == shown(follow(there, second, "prev"))
