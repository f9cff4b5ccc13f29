"""Judges the pages by their elements, as a parser sees them, and the feed as an XML parser sees it.

Each kind of place in a page has a check of its own: one that prints a value wrongly costs one check. A check
that is not about escaping uses plain words. Sources are read to name a symptom, never to decide.
"""

import html
import json
import re
from xml.etree.ElementTree import ParseError

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree

ESCAPED_ENDINGS = (".html", ".htm", ".xml", ".xhtml", ".svg")  # Flask's rule
MISSING = "No such page"


class Page:
    """A response as a browser's parser would see it: of an attribute that comes twice the first counts."""

    def __init__(self, response, status=200):
        assert response.status_code == status
        assert response.mimetype == "text/html"
        self.soup = BeautifulSoup(response.text, "html.parser", on_duplicate_attribute="ignore")

    def one(self, selector):
        return one(self.soup, selector)

    def text(self, selector):
        return text(self.one(selector))

    def cards(self, where):
        """The cards of a part of the page; none if there is no such part."""
        return self.soup.select(f"{where} [data-card]")


def one(element, selector):
    found = element.select(selector)
    assert len(found) == 1, f"{len(found)} elements are {selector}"
    return found[0]


def squeezed(value):
    return " ".join(value.split())


def text(element):
    return squeezed(element.get_text())


def part(element, name):
    """The part of a card or report that has this data-field."""
    return one(element, f'[data-field="{name}"]')


def numbers(cards):
    return [int(card["data-card"]) for card in cards]


def distances(cards):
    return [text(part(card, "distance")) for card in cards]


def add_trail(client, seed, **fields):
    trail = {"name": seed.title(), "region": seed.word().title(), "km": seed.integer(2, 40), "closed": False, **fields}
    response = client.post("/api/trails", json=trail)
    assert response.status_code == 201
    return {**trail, "id": response.json["id"]}


def add_report(client, seed, trail, **fields):
    report = {"author": seed.name(), "text": seed.title(), **fields}
    response = client.post(f"/api/trails/{trail['id']}/reports", json=report)
    assert response.status_code == 201
    return {**report, "id": response.json["id"]}


def use_miles(client):
    assert client.post("/units", data={"units": "mi"}).status_code == 303


def length(seed):
    """Kilometres, and how they are shown in either unit. Never near the middle between two tenths of a mile."""
    while True:
        tenths = seed.integer(21, 399)
        miles, rest = divmod(tenths * 621_371, 1_000_000)
        if abs(rest - 500_000) > 30_000:
            miles += rest > 500_000
            return tenths / 10, f"{tenths // 10}.{tenths % 10} km", f"{miles // 10}.{miles % 10} mi"


def hostile(seed):
    """Text that is more than text wherever it is not escaped, and the name of the element that it would make."""
    tag = f"x-{seed.word()}"
    first, second, third = seed.words(3)
    return f"{first} \"'><{tag} title='{second}'>{third}</{tag}> &amp; &lt;{first}", tag


# --- what the sources say of a failure's cause


def templates(submission, escaped=True):
    """The text of the templates, or of those alone whose names Flask does not escape."""
    others = (".py", ".md") if escaped else (".py", ".md", *ESCAPED_ENDINGS)
    return [source for name, source in submission.files.items() if not name.endswith(others)]


def macro_counts_on_units(submission):
    """Whether the file of the card's macro speaks of units that none of its macros takes as an argument."""
    return any(
        "data-card" in source
        and re.search(r"unit|mile|\bmi\b", source)
        and (taken := re.findall(r"\bmacro\s+\w+\s*\(([^)]*)\)", source))
        and not re.search(r"unit|mile|\bmi\b", " ".join(taken))
        for source in templates(submission)
    )


def macro_is_unescaped(submission):
    """Whether the card's macro stands in a file that Flask does not escape."""
    return any("macro" in source and "data-card" in source for source in templates(submission, escaped=False))


def feed_is_unescaped(submission):
    """Whether the feed's template is a file that Flask does not escape."""
    return any("<rss" in source for source in templates(submission, escaped=False))


def uses_markup(submission):
    """Whether Python code says of strings that they are markup."""
    return any(name.endswith(".py") and "Markup(" in source for name, source in submission.files.items())


def uses_default(submission):
    """Whether a template has a default for what it prints."""
    return any(re.search(r"\|\s*d(efault)?\s*\(", source) for source in templates(submission))


# --- the layout


@pytest.mark.check("titles", concept="template-inheritance")
def test_every_page_has_its_title(make_app, seed):
    """Each page has one title, made of its heading and the site's name, and the heading once as h1."""
    site = seed.title()
    client = make_app({"SITE_NAME": site}).test_client()
    trails = [add_trail(client, seed) for _ in range(2)]
    pages = [("/", 200, "Trails"), ("/about", 200, "About"), (f"/trails/{seed.integer(500, 999)}", 404, MISSING)]
    pages += [(f"/trails/{trail['id']}", 200, trail["name"]) for trail in trails]
    for path, status, heading in seed.shuffled(pages):
        page = Page(client.get(path), status)
        assert page.text("title") == f"{heading} | {site}"
        assert page.text("h1") == heading


@pytest.mark.check("navigation", concept="template-inheritance")
def test_the_navigation_marks_the_section(client, seed):
    """The navigation has both links on each page, and only that of the current section is marked."""
    trail = add_trail(client, seed)
    for path, current in seed.shuffled([("/", "/"), (f"/trails/{trail['id']}", "/"), ("/about", "/about")]):
        links = one(Page(client.get(path)).soup, "nav#main-nav").select("a")
        marked = {link["href"]: link.get("aria-current") for link in links}
        assert marked == {"/": None, "/about": None, current: "page"}


@pytest.mark.check("not-found", concept="template-inheritance")
def test_what_is_missing_has_a_page_of_the_site(client, seed):
    """An unknown trail and an unknown address give 404 and a page with the layout, on which no section is marked."""
    add_trail(client, seed)
    for path in (f"/trails/{seed.integer(500, 999)}", f"/{seed.word()}", f"/about/{seed.word()}"):
        page = Page(client.get(path), 404)
        assert page.text("h1") == MISSING
        links = one(page.soup, "nav#main-nav").select("a")
        assert sorted(link["href"] for link in links) == ["/", "/about"]
        assert not [link for link in links if link.has_attr("aria-current")]


# --- names that all templates need


@pytest.mark.check("names-everywhere", concept="names-for-templates")
def test_every_page_knows_the_site(make_app, seed, symptom):
    """The site's name and the number of closed trails are on each page, unknown addresses included."""
    site = f"{seed.title(2)} & {seed.word()}"
    client = make_app({"SITE_NAME": site}).test_client()
    trail = add_trail(client, seed)
    pages = [("/", 200), ("/about", 200), (f"/trails/{trail['id']}", 200), (f"/trails/{seed.integer(500, 999)}", 404)]
    for path, status in seed.shuffled(pages):
        page = Page(client.get(path), status)
        assert (page.text("#site-name"), page.text("#closed-count")) == (site, "0")
    page = Page(client.get(f"/{seed.word()}"), 404)
    names = [text(found) for found in page.soup.select("#site-name, #closed-count")]
    assert names != ["", ""], symptom("nothing-without-a-blueprint")
    assert (page.text("#site-name"), page.text("#closed-count")) == (site, "0")
    assert page.text("title") == f"{MISSING} | {site}"


@pytest.mark.check("count-is-current", concept="names-for-templates")
def test_the_number_of_closed_trails_is_the_current_one(client, seed, symptom):
    """Each page says how many trails are closed now, after every trail that was added."""
    trail = add_trail(client, seed)
    paths = ["/", "/about", f"/trails/{trail['id']}"]
    for path in paths:
        assert Page(client.get(path)).text("#closed-count") == "0"
    expected = 0
    for _ in range(2):
        added = seed.integer(1, 4)
        for closed in seed.shuffled([True] * added + [False] * 2):
            add_trail(client, seed, closed=closed)
        expected += added
        shown = {Page(client.get(path)).text("#closed-count") for path in paths}
        assert shown != {"0"}, symptom("number-from-the-start")
        assert shown == {str(expected)}


# --- cards


@pytest.mark.check("cards", concept="macros")
def test_cards_show_trails_in_both_places(client, seed):
    """A card has its trail's id, state, name, address and distance, in the list and near another trail."""
    region = seed.word().title()
    trails = []
    for closed in seed.shuffled([True, True, False, False]):
        km, shown, _ = length(seed)
        trails.append({**add_trail(client, seed, region=region, km=km, closed=closed), "shown": shown})
    elsewhere = add_trail(client, seed)
    for path, where, expected in (
        ("/", "#trails", trails),
        (f"/trails/{trails[1]['id']}", "#nearby", [trails[0], *trails[2:]]),
    ):
        cards = [card for card in Page(client.get(path)).cards(where) if card["data-card"] != str(elsewhere["id"])]
        assert numbers(cards) == [trail["id"] for trail in expected]
        assert distances(cards) == [trail["shown"] for trail in expected]
        for card, trail in zip(cards, expected, strict=True):
            assert card["data-status"] == ("closed" if trail["closed"] else "open")
            name = part(card, "name")
            assert (name.name, name["href"], text(name)) == ("a", f"/trails/{trail['id']}", trail["name"])


@pytest.mark.check("selection", concept="macros")
def test_the_right_trails_get_a_card(client, seed):
    """A search shows the trails whose names contain it, and a trail shows the others of its region."""
    word, region = seed.word(), seed.word().title()
    found = [
        add_trail(client, seed, name=f"{seed.word()} {word}", region=region),
        add_trail(client, seed, name=f"{word.upper()} {seed.word()}"),
    ]
    neighbour, alone = add_trail(client, seed, region=region), add_trail(client, seed)
    ids = [trail["id"] for trail in (*found, neighbour, alone)]
    assert numbers(Page(client.get("/")).cards("#trails")) == ids
    assert numbers(Page(client.get("/", query_string={"q": word})).cards("#trails")) == ids[:2]
    assert numbers(Page(client.get("/", query_string={"q": seed.token()})).cards("#trails")) == []
    assert numbers(Page(client.get(f"/trails/{found[0]['id']}")).cards("#nearby")) == [neighbour["id"]]
    assert numbers(Page(client.get(f"/trails/{alone['id']}")).cards("#nearby")) == []


@pytest.mark.check("distances", concept="names-for-templates")
def test_distances_are_shown_in_the_units_of_the_visitor(client, seed):
    """A trail's page shows its distance with one decimal, in kilometres at first and in miles when chosen."""
    lengths = [length(seed) for _ in range(3)]
    lengths.append((whole := seed.integer(3, 9), f"{whole}.0 km", ""))
    paths = [f"/trails/{add_trail(client, seed, km=km)['id']}" for km, _, _ in lengths]
    assert [Page(client.get(path)).text("#distance") for path in paths] == [shown for _, shown, _ in lengths]
    use_miles(client)
    assert [Page(client.get(path)).text("#distance") for path in paths[:3]] == [shown for _, _, shown in lengths[:3]]


@pytest.mark.check("cards-know-the-units", concept="include-and-import")
def test_cards_follow_the_choice_of_units(client, seed, symptom, submission):
    """To a visitor who has chosen miles, cards show miles, in the list and near another trail."""
    region = seed.word().title()
    lengths = [length(seed) for _ in range(3)]
    first, *_ = [add_trail(client, seed, region=region, km=km) for km, _, _ in lengths]
    use_miles(client)
    listed = distances(Page(client.get("/")).cards("#trails"))
    page = Page(client.get(f"/trails/{first['id']}"))
    nearby = distances(page.cards("#nearby"))
    assert page.text("#distance") == lengths[0][2]
    expected = [miles for _, _, miles in lengths]
    ignored = not any("mi" in shown for shown in listed + nearby)
    assert not (ignored and macro_counts_on_units(submission)), symptom("cards-without-the-choice")
    assert (listed, nearby) == (expected, expected[1:])


@pytest.mark.check("visitors-differ", concept="include-and-import")
def test_visitors_do_not_change_each_others_units(app, seed, symptom, submission):
    """Two visitors with different units each see their own, in cards and elsewhere, whoever came first."""
    miles_client, km_client = app.test_client(), app.test_client()
    region = seed.word().title()
    lengths = [length(seed) for _ in range(2)]
    path = f"/trails/{[add_trail(km_client, seed, region=region, km=km) for km, _, _ in lengths][0]['id']}"
    use_miles(miles_client)
    for client, unit in ((miles_client, 2), (km_client, 1), (miles_client, 2)):
        listed, page = distances(Page(client.get("/")).cards("#trails")), Page(client.get(path))
        shown = listed + distances(page.cards("#nearby"))
        assert page.text("#distance") == lengths[0][unit]
        if unit == 2:
            ignored = not any("mi" in distance for distance in shown)
            assert not (ignored and macro_counts_on_units(submission)), symptom("cards-without-the-choice")
        else:
            assert not all("mi" in distance for distance in shown), symptom("cards-keep-the-first-choice")
        expected = [length[unit] for length in lengths]
        assert shown == [*expected, expected[1]]


# --- hostile text


@pytest.mark.check("page-escaped", concept="autoescape-rule")
def test_a_trails_page_shows_any_text(client, seed):
    """Markup in a trail's name and region and in an author's name is shown as text: title, heading and elsewhere."""
    name, name_tag = hostile(seed)
    region, region_tag = hostile(seed)
    author, author_tag = hostile(seed)
    trail = add_trail(client, seed, name=name, region=region)
    report = add_report(client, seed, trail, author=author)
    page = Page(client.get(f"/trails/{trail['id']}"))
    for tag in (name_tag, region_tag, author_tag):
        assert not page.soup.find_all(tag)
    assert page.text("h1") == name
    assert page.text("title").startswith(f"{name} | ")
    assert page.text("#region") == region
    assert text(part(page.one(f'[data-report="{report["id"]}"]'), "author")) == author


@pytest.mark.check("cards-escaped", concept="autoescape-rule")
def test_a_card_shows_any_name(client, seed, symptom, submission):
    """Markup in a trail's name is shown as text in its card, in the list and near another trail."""
    region = seed.word().title()
    first = add_trail(client, seed, region=region)
    name, tag = hostile(seed)
    second = add_trail(client, seed, region=region, name=name)
    for path in ("/", f"/trails/{first['id']}"):
        card = Page(client.get(path)).one(f'[data-card="{second["id"]}"]')
        became_markup = bool(card.find_all(tag))
        assert not (became_markup and macro_is_unescaped(submission)), symptom("macro-in-an-unescaped-file")
        assert not became_markup
        assert text(part(card, "name")) == name


@pytest.mark.check("search-field", concept="output-position")
def test_the_search_field_keeps_any_search(client, seed, symptom):
    """What was searched for stands in the field as it came: several words, quotes, markup."""
    words, (text_, tag) = " ".join(seed.words(3)), hostile(seed)
    field = Page(client.get("/", query_string={"q": words})).one("input#q")
    assert field.get("name") == "q"
    assert field.get("value") != words.split()[0], symptom("cut-at-the-space")
    assert field.get("value") == words
    page = Page(client.get("/", query_string={"q": text_}))
    assert not page.soup.find_all(tag)
    assert page.one("input#q").get("value") == text_
    assert not Page(client.get("/")).one("input#q").get("value")


def map_data(page):
    script = page.one("#map-data")
    assert (script.name, script.get("type")) == ("script", "application/json")
    return json.loads("".join(str(child) for child in script.contents))


@pytest.mark.check("map-data", concept="output-position")
def test_the_map_gets_the_listed_trails(client, seed):
    """The embedded JSON has id, name and kilometres of the listed trails, whatever the search and the units."""
    word = seed.word()
    trails = []
    for name in seed.shuffled([seed.title(), f"{seed.word()} {word}", seed.title(), f"{seed.word()} {word}"]):
        trails.append(add_trail(client, seed, name=name, km=length(seed)[0]))
    expected = [{key: trail[key] for key in ("id", "name", "km")} for trail in trails]
    assert map_data(Page(client.get("/"))) == expected
    use_miles(client)
    found = [entry for entry in expected if word in entry["name"]]
    assert map_data(Page(client.get("/", query_string={"q": word}))) == found
    assert map_data(Page(client.get("/", query_string={"q": seed.token()}))) == []


@pytest.mark.check("map-data-hostile", concept="output-position")
def test_the_map_gets_any_name(client, seed, symptom):
    """A name in the embedded JSON is exactly what was typed: ampersands, quotes, backslashes, the end of a script."""
    mild = f"{seed.word()} & {seed.word()}'s"
    trail = add_trail(client, seed, name=mild)
    (shown,) = [entry["name"] for entry in map_data(Page(client.get("/"))) if entry["id"] == trail["id"]]
    assert shown == mild or html.unescape(shown) != mild, symptom("entities-in-the-data")
    assert shown == mild
    tag = f"x-{seed.word()}"
    harsh = f'{seed.word()} "{seed.word()}\\{seed.word()}" </script><{tag}>{seed.word()}</{tag}> &lt; &#39;'
    second = add_trail(client, seed, name=harsh)
    page = Page(client.get("/"))
    outside = [found for found in page.soup.find_all(tag) if not found.find_parents(attrs={"data-card": True})]
    assert not outside, symptom("data-ends-the-script")
    assert [entry["name"] for entry in map_data(page)] == [mild, harsh]
    assert map_data(page)[1]["id"] == second["id"]


# --- reports


@pytest.mark.check("paragraphs", concept="safe-markup")
def test_a_text_keeps_its_lines(client, seed):
    """Empty lines part a report's text into paragraphs, other line breaks are kept, and reports keep their order."""
    trail = add_trail(client, seed)
    texts = []
    for gap in seed.shuffled(["\n\n", "\n\n\n"]):
        paragraphs = [seed.words(count) for count in seed.shuffled([1, 2, 3])]
        texts.append((paragraphs, gap.join("\n".join(lines) for lines in paragraphs)))
    texts.append(([[" ".join(words := seed.words(3))]], " ".join(words)))
    ids = [add_report(client, seed, trail, text=typed)["id"] for _, typed in texts]
    reports = Page(client.get(f"/trails/{trail['id']}")).soup.select("[data-report]")
    assert [int(report["data-report"]) for report in reports] == ids
    for report, (paragraphs, _) in zip(reports, texts, strict=True):
        assert lines_of(part(report, "text")) == paragraphs


def lines_of(element):
    """The lines of each paragraph in an element."""
    for line_break in element.find_all("br"):
        line_break.replace_with("\0")
    return [[squeezed(line) for line in found.get_text().split("\0")] for found in element.find_all("p")]


@pytest.mark.check("text-escaped", concept="safe-markup")
def test_a_text_makes_no_markup_of_its_own(client, seed, symptom, submission):
    """Markup in a report's text is shown as text within the paragraphs and lines."""
    trail = add_trail(client, seed)
    (first, tag), (second, other_tag), (third, _) = hostile(seed), hostile(seed), hostile(seed)
    report = add_report(client, seed, trail, text=f"{first}\n{second}\n\n{third}")
    page = Page(client.get(f"/trails/{trail['id']}"))
    shown = part(page.one(f'[data-report="{report["id"]}"]'), "text")
    became_markup = bool(shown.find_all(tag) or shown.find_all(other_tag))
    assert not (became_markup and uses_markup(submission)), symptom("text-in-a-markup")
    assert lines_of(shown) == [[first, second], [third]]


@pytest.mark.check("anonymous", concept="builtin-filters")
def test_a_report_without_an_author(client, seed, symptom, submission):
    """A report whose author is null, empty or missing is shown as anonymous, one with an author is not."""
    trail = add_trail(client, seed)
    named = add_report(client, seed, trail)
    nobody = [add_report(client, seed, trail, author=None), add_report(client, seed, trail, author="")]
    missing = client.post(f"/api/trails/{trail['id']}/reports", json={"text": seed.title()}).json
    page = Page(client.get(f"/trails/{trail['id']}"))

    def author(report):
        return text(part(page.one(f'[data-report="{report["id"]}"]'), "author"))

    assert author(named) == named["author"]
    assert not (author(nobody[0]) == "None" and uses_default(submission)), symptom("none-is-shown")
    assert [author(report) for report in (*nobody, missing)] == ["Anonymous"] * 3


def leads_to(element, word):
    """Whether any address in an element has this word in it."""
    return any(word in link["href"] for link in element.select("[href]"))


@pytest.mark.check("links", concept="output-position")
def test_only_web_addresses_become_links(client, seed, symptom):
    """A report's link is one if it begins with http or https, is plain text if not, and absent if there is none."""
    trail = add_trail(client, seed)
    path = f"/trails/{trail['id']}"
    word = seed.word()
    good = [f"http://{word}.example.com/", f"HTTPS://{word}.example.com/?a={seed.word()}&lt=\"2\"&amp;b='3'#{word}"]
    script, other = f"javascript:{word}()", f"{seed.word()}:{word}"
    more = [f"JavaScript:{word}()", f" javascript:{word}()", f"data:text/html,{word}", f"//{word}.example.com"]
    more += [f"javascript:{word}('https://{word}.example.com')", f"{word}.example.com/?to=http://{word}.example.com"]

    def shown(link):
        report = add_report(client, seed, trail, link=link)
        return Page(client.get(path)).one(f'[data-report="{report["id"]}"]')

    for link in good:
        found = part(shown(link), "link")
        assert (found.name, found.get("href")) == ("a", link)
    assert not shown(None).select('[data-field="link"]')
    assert not leads_to(shown(script), word), symptom("script-as-a-link")
    assert not leads_to(shown(other), word), symptom("other-scheme-as-a-link")
    for link in [script, other, *seed.shuffled(more)]:
        report = shown(link)
        assert not leads_to(report, word)
        assert text(part(report, "link")) == squeezed(link)


# --- the feed


def feed(response):
    assert response.status_code == 200
    assert response.mimetype == "application/rss+xml"
    root = ElementTree.fromstring(response.data)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    items = [(squeezed(item.findtext("title")), squeezed(item.findtext("description"))) for item in root.iter("item")]
    assert len(items) == len(root.findall("channel/item"))
    return squeezed(root.findtext("channel/title")), items


@pytest.mark.check("feed-any-text", concept="autoescape-rule")
def test_the_feed_has_any_text(make_app, seed, symptom, submission):
    """The feed has an item for each report in order, and is well-formed whatever names and texts hold."""
    site = f"{seed.title()} & {seed.word()}"
    client = make_app({"SITE_NAME": site}).test_client()
    trails = [add_trail(client, seed), add_trail(client, seed)]
    reports = [(trail, add_report(client, seed, trail)) for trail in (trails[1], trails[0], trails[1])]
    trails.append(add_trail(client, seed, name=hostile(seed)[0]))
    reports.append((trails[-1], add_report(client, seed, trails[-1], text=hostile(seed)[0])))
    response = client.get("/feed")
    expected = [(trail["name"], report["text"]) for trail, report in reports]
    try:
        found = feed(response)
    except ParseError as error:
        found = f"no XML: {error}"
    raw = reports[-1][1]["text"] in response.text and found != (site, expected)
    assert not (raw and feed_is_unescaped(submission)), symptom("feed-in-an-unescaped-file")
    assert found == (site, expected)
