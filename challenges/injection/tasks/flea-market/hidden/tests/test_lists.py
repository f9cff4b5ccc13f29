"""The lists and the title: values that look like SQL, and names that a list doesn't know."""

import itertools

import pytest
from market_page import add, ids, listed, row, rows

COLUMNS = range(1, 11)  # widths of a UNION: whatever a statement selects, one of them fits


def attacks(mark):
    """Values that leave a text in a statement, each with its own way to ask for more."""
    yield f"{mark}' OR '1'='1"
    yield f"{mark}' OR 1=1 --"
    yield f"{mark}%' OR 1=1 --"
    yield f"{mark}') OR 1=1 --"
    yield f"{mark}%') OR 1=1 --"
    yield f'{mark}" OR 1=1 --'
    yield f"{mark}\\' OR 1=1 --"
    for width in COLUMNS:
        columns = ", ".join(["id", *["phone"] * (width - 1)])
        for end in ("'", "%'", "')", "%')"):
            yield f"{mark}{end} UNION SELECT {columns} FROM offer --"


def looks_like_an_attack(seed):
    """Names that are meant as they are."""
    return [
        f"{seed.word()} O'{seed.word().title()}",
        f"{seed.word()} '; DROP TABLE offer; --",
        f'{seed.word()}, "{seed.word()}"',
        f"{seed.word()} :{seed.word()} ?",
        f"{{{{{seed.word()}}}}} <3",
        f"../ {seed.word()} für Möbel & Bücher",
    ]


@pytest.mark.check("lists-answer", concept="bound-parameters")
def test_lists(client, seed):
    """With plain words, searches, lists by sellers and more of a seller show the public offers that were asked for."""
    word, (ada, ben, cleo) = seed.word(), [seed.name() for _ in range(3)]
    first = add(client, seed, title=f"{seed.title()} {word}", seller=ben)
    second = add(client, seed, seller=ada)
    hidden = add(client, seed, title=f"{word} {seed.title()}", seller=ada, public=False)
    third = add(client, seed, title=f"{word.title()} möbel", seller=ada)
    fourth = add(client, seed, seller=cleo)
    assert listed(client, "/offers") == rows(first, second, third, fourth)
    assert listed(client, "/offers", q="") == rows(first, second, third, fourth)
    assert listed(client, "/offers", q=word) == rows(first, third)
    assert listed(client, "/offers", q=word.upper()) == rows(first, third)
    assert listed(client, "/offers", q="öbe") == rows(third)
    assert listed(client, "/offers", q=seed.word()) == []
    assert listed(client, "/offers/by", seller=[ada]) == rows(second, third)
    assert listed(client, "/offers/by", seller=[cleo, ada, seed.name()]) == rows(second, third, fourth)
    assert listed(client, "/offers/by", seller=[ada[:-1]]) == []
    assert listed(client, "/offers/by") == []
    assert listed(client, f"/offers/{second['id']}/more") == rows(third)
    assert listed(client, f"/offers/{first['id']}/more") == []
    for missing in (hidden["id"], fourth["id"] + 1):
        assert client.get(f"/offers/{missing}/more").status_code == 404


@pytest.mark.check("search-stays-a-value", concept="bound-parameters", points=2)
def test_search(client, seed, symptom):
    """Searches that look like SQL find the titles that contain them, and nothing else."""
    add(client, seed, phone=seed.token())
    add(client, seed, phone=seed.token(), public=False)
    offers = [add(client, seed, title=title) for title in looks_like_an_attack(seed)]
    for offer in offers:
        assert listed(client, "/offers", q=offer["title"]) == rows(offer)
    mark = seed.word()
    for attack in attacks(mark):
        assert listed(client, "/offers", q=attack) == [], symptom("search-read-as-sql")
    offer = add(client, seed, title=f"{seed.word()} {mark}' OR '1'='1")
    assert listed(client, "/offers", q=f"{mark}' OR '1'='1") == rows(offer)


@pytest.mark.check("search-as-typed", concept="like-patterns")
def test_patterns(client, seed, symptom):
    """Percent signs, underscores, backslashes and slashes in a search stand for themselves."""
    word, number = seed.word(), seed.integer(10, 99)
    percent = add(client, seed, title=f"{seed.word()} {number}% off {word}")
    plain = add(client, seed, title=f"{seed.word()} {number} pots off {word}")
    underscore = add(client, seed, title=f"{word}_{number}")
    dash = add(client, seed, title=f"{word}-{number}")
    searches = {
        f"{number}% off": [percent],
        f"{number}%{word}": [],
        "%": [percent],
        "_": [underscore],
        f"{word}_{number}": [underscore],
        f"{word}__{number}": [],
    }
    for q, found in searches.items():
        shown = ids(listed(client, "/offers", q=q))
        assert not set(shown) > set(ids(found)), symptom("pattern-characters")
        assert shown == ids(found)
    backslash = add(client, seed, title=f"{seed.title()} C:\\{word}\\100%")
    slash = add(client, seed, title=f"{seed.title()} 1/2 {word} ../ ^~|#")
    for q in ("\\", f"\\{word}", f"{word}\\", "\\100%", f"C:\\{word}\\100%"):
        assert listed(client, "/offers", q=q) == rows(backslash)
    for q in ("/", "1/2", "../", f"2 {word}", " ^~|#", "^", "~", "|", "#"):
        assert listed(client, "/offers", q=q) == rows(slash)
    for q in (f"\\%{word}", "/%", "\\_", "^%"):
        assert listed(client, "/offers", q=q) == []
    assert listed(client, "/offers", q=word) == rows(percent, plain, underscore, dash, backslash, slash)


@pytest.mark.check("sort-answers", concept="sql-names")
def test_sort(client, seed, symptom):
    """Lists are sorted by title, seller or cents, up or down, also together with a search."""
    word = seed.word()
    sellers, prices = seed.shuffled([seed.name() for _ in range(6)]), seed.shuffled([250, 900, 75, 1200, 40, 7000])
    offers = [
        add(client, seed, title=f"{seed.title()} {word}", seller=seller, cents=price)
        for seller, price in zip(sellers, prices, strict=True)
    ]
    offers.append(add(client, seed, cents=75))
    offers.append(add(client, seed, cents=1200))
    kinds = ("title", "seller", "cents")
    found = {
        (sort, order): listed(client, "/offers", sort=sort, order=order) for sort in kinds for order in ("asc", "desc")
    }
    ignored = all(answer == rows(*offers) for answer in found.values())
    assert not ignored, symptom("order-ignored")
    for (sort, order), answer in found.items():
        assert answer == rows(*sorted(offers, key=lambda offer: offer[sort], reverse=order == "desc"))
    for sort in kinds:
        assert listed(client, "/offers", sort=sort) == found[sort, "asc"]
        assert listed(client, "/offers", sort=sort, order="desc", q=word) == [
            each for each in found[sort, "desc"] if word in each["title"]
        ]


@pytest.mark.check("sort-names", concept="sql-names", points=2)
def test_names_of_columns(client, seed, symptom):
    """Whatever else is given as column or direction of a sort is answered with 400, private columns too."""
    for _ in range(3):
        add(client, seed, phone=seed.token(), text=seed.title())
    for sort in ("phone", "public", "text", "link", "PHONE"):
        assert client.get("/offers", query_string={"sort": sort}).status_code == 400, symptom("private-column")
    for sort in (
        seed.word(),
        "1",
        "title, phone",
        "-cents",
        "metadata",
        "__class__",
        "title; DROP TABLE offer",
        "title' --",
        "(CASE WHEN (SELECT count(*) FROM offer WHERE phone LIKE 'a%') THEN title ELSE cents END)",
    ):
        assert client.get("/offers", query_string={"sort": sort}).status_code == 400
    for order in (seed.word(), "desc, phone", "asc --", ", phone", "desc LIMIT 1 --"):
        arguments = {"sort": "title", "order": order}
        assert client.get("/offers", query_string=arguments).status_code == 400, symptom("any-direction")
    assert len(listed(client, "/offers", sort="title", order="desc")) == 3


@pytest.mark.check("sellers-stay-values", concept="bound-parameters", points=2)
def test_sellers(client, seed, symptom):
    """Sellers whose names look like SQL are found among several, and their names never find anything else."""
    add(client, seed, phone=seed.token())
    add(client, seed, phone=seed.token(), public=False)
    mark = seed.word()
    for attack in attacks(mark):
        sellers = seed.choice([[attack], [mark, attack], [attack, mark]])
        assert listed(client, "/offers/by", seller=sellers) == [], symptom("seller-read-as-sql")
    offers = [add(client, seed, seller=name) for name in looks_like_an_attack(seed)]
    for offer in offers:
        assert listed(client, "/offers/by", seller=[offer["seller"]]) == rows(offer)
    names = seed.shuffled([offer["seller"] for offer in offers])
    assert listed(client, "/offers/by", seller=[*names, mark]) == rows(*offers)
    comma = add(client, seed, seller=f"{mark}, {seed.word()}")
    assert listed(client, "/offers/by", seller=[comma["seller"]]) == rows(comma)
    assert listed(client, "/offers/by", seller=comma["seller"].split(", ")) == []


@pytest.mark.check("more-from-seller", concept="stored-values", points=2)
def test_more(client, seed, symptom):
    """What else a seller has is right, too, for sellers whose stored names look like SQL."""
    add(client, seed, phone=seed.token())
    add(client, seed, phone=seed.token(), public=False)
    for attack in itertools.islice(attacks(seed.word()), 10):
        offer = add(client, seed, seller=attack)
        assert listed(client, f"/offers/{offer['id']}/more") == [], symptom("stored-value-read-as-sql")
    for name in looks_like_an_attack(seed):
        first, second, third = (add(client, seed, seller=name) for _ in range(3))
        add(client, seed, seller=name, public=False)
        assert listed(client, f"/offers/{second['id']}/more") == rows(first, third)


@pytest.mark.check("title-change", concept="bound-parameters", points=2)
def test_title(client, seed, symptom):
    """A new title that looks like SQL is stored as it was typed, and changes nothing else."""
    offers = [add(client, seed, cents=seed.integer(200, 900), phone=seed.token()) for _ in range(3)]
    hidden = add(client, seed, phone=seed.token(), public=False)
    changed = offers[1]
    mark = seed.word()
    titles = [
        f"{mark}' --",
        f"{mark}' WHERE 1=1 --",
        f"{mark}', cents = 1 --",
        f"{mark}', title = phone --",
        f"{mark}' || (SELECT phone FROM offer LIMIT 1) || '",
        *looks_like_an_attack(seed),
        f"{seed.word()} 50% off_{seed.word()} \\ <b>&amp;",
    ]
    for title in titles:
        response = client.put(f"/offers/{changed['id']}/title", json={"title": title})
        assert response.status_code == 200
        assert response.json == {"id": changed["id"], "title": title}
        changed["title"] = title
        found = listed(client, "/offers")
        assert found[0] == row(offers[0]), symptom("other-offers-changed")
        assert found == rows(*offers)
    new = seed.title()
    assert client.put(f"/offers/{hidden['id'] + 1}/title", json={"title": new}).status_code == 404
    assert client.put(f"/offers/{hidden['id']}/title", json={"title": new}).status_code == 200
    assert listed(client, "/offers") == rows(*offers)
