"""The pages: values that look like markup, links or templates. A parser judges what a browser would make of them."""

import pytest
from market_page import Page, add, squeezed


def page_of(client, offer):
    return Page(client.get(f"/offers/{offer['id']}/page"))


@pytest.mark.check("pages-answer", concept="html-responses")
def test_plain_pages(client, seed):
    """Plain words are shown where they belong, on the page of an offer and in the greeting."""
    lines = [seed.title() for _ in range(3)]
    link = f"https://{seed.word()}.example.com/{seed.word()}"
    offer = add(client, seed, category=seed.word(), text="\n".join(lines), link=link, phone=seed.token())
    page = page_of(client, offer)
    assert page.text("h1") == offer["title"]
    assert page.text("#seller") == offer["seller"]
    assert page.one("#offer")["data-category"] == offer["category"]
    assert list(page.one("#text").stripped_strings) == lines
    assert len(page.one("#text").find_all("br")) == 2
    assert page.one("a#link")["href"] == link
    assert page.text("#link") == link
    assert not page.runs()
    bare = page_of(client, add(client, seed))
    assert not bare.soup.select("#link")
    assert bare.text("#text") == ""
    hidden = add(client, seed, public=False)
    for missing in (hidden["id"], hidden["id"] + 1):
        assert client.get(f"/offers/{missing}/page").status_code == 404
    name = seed.name()
    assert Page(client.get("/hello", query_string={"name": name})).text("#greeting") == f"Hello, {name}!"
    for arguments in ({}, {"name": ""}):
        assert Page(client.get("/hello", query_string=arguments)).text("#greeting") == "Hello, neighbour!"


def markup(seed):
    """Values that would be elements, or would end what they stand in."""
    word = seed.word()
    return [
        f"<script>{word}()</script>",
        f"{word} <img src=x onerror={word}()>",
        f'{word}" onmouseover="{word}()',
        f"{word}' onmouseover='{word}()",
        f"{word} onmouseover={word}()",
        f"{word}><svg onload={word}()>",
        f"</p></article></title><script>{word}()</script>",
        f"<!-- {word}",
        f"&lt;{word}&gt; &amp; &{word};",
        f"{word} <3 {{{{{word}}}}} O'{word.title()} 50% off",
    ]


@pytest.mark.check("page-values-are-text", concept="html-responses", points=2)
def test_markup(client, seed, symptom):
    """Titles, sellers, categories and texts that look like markup are shown as they were typed and add no elements."""
    for field, selector in (("title", "h1"), ("seller", "#seller"), ("text", "#text")):
        for value in markup(seed):
            page = page_of(client, add(client, seed, **{field: value}))
            assert not page.runs(), symptom(f"{field}-is-markup")
            assert page.text(selector) == squeezed(value), symptom(f"{field}-changed")
    for value in markup(seed):
        page = page_of(client, add(client, seed, category=value))
        assert not page.runs(), symptom("attribute-not-quoted")
        assert page.one("#offer")["data-category"] == value, symptom("category-changed")
    lines = markup(seed)
    page = page_of(client, add(client, seed, text="\n".join(lines)))
    assert not page.runs(), symptom("text-is-markup")
    assert len(page.one("#text").find_all("br")) == len(lines) - 1, symptom("line-breaks-lost")
    assert list(page.one("#text").stripped_strings) == lines
    word = seed.word()
    page = page_of(client, add(client, seed, text=f"{word}<br>{word}"))
    assert page.text("#text") == f"{word}<br>{word}"


@pytest.mark.check("page-links", concept="link-schemes", points=2)
def test_links(client, seed, symptom):
    """Only an address that begins with http:// or https:// becomes a link; others are shown as text."""
    word = seed.word()

    def is_a_link(good):
        page = page_of(client, add(client, seed, link=good))
        assert page.one("a#link")["href"] == good, symptom("good-link-lost")
        assert page.text("#link") == good
        assert not page.runs()

    is_a_link(f"http://{word}.example.com")
    is_a_link(f"HTTPS://{word}.example.com/a?b=1&c=2#d")
    is_a_link(f'https://{word}.example.com/"onmouseover="{word}()')
    is_a_link(f"Http://{word}.example.com/<b>/50%25")

    def leads_there(link):
        page = page_of(client, add(client, seed, link=link))
        assert page.text("#link") == squeezed(link)
        assert not page.runs()
        return "href" in page.one("#link").attrs or any(word in target for target in page.targets())

    assert not leads_there(f"javascript:{word}()"), symptom("javascript-link")
    others = [
        f"data:text/html,{word}",
        f"vbscript:{word}()",
        f"java\tscript:{word}()",
        f"java\nscript:{word}()",
        f"\x01javascript:{word}()",
        f"blob:{word}",
    ]
    assert not any([leads_there(link) for link in others]), symptom("unlisted-scheme")
    for link in (
        f" javascript:{word}()",
        f"JaVaScRiPt:{word}()",
        f"javascript:{word}('https://')",
        f"javascript://https://{word}",
        f"javascript:{word}()\nhttps://{word}",
        f"//{word}.example.com",
        f"/{word}",
        word,
    ):
        assert not leads_there(link)
    is_a_link(f"https://{word}.example.com/javascript:data:/O'{word.title()}")


@pytest.mark.check("hello-as-typed", concept="template-source", points=2)
def test_greeting(client, seed, symptom):
    """The greeting shows names with braces and markup as they were typed, runs nothing and gives away nothing."""

    def greeting(name):
        page = Page(client.get("/hello", query_string={"name": name}))
        assert not page.runs(), symptom("name-is-markup")
        return page.text("#greeting")

    for name in markup(seed)[:9]:
        assert greeting(name) == squeezed(f"Hello, {name}!"), symptom("name-is-markup")
    low, high = seed.integer(200, 900), seed.integer(200, 900)
    product = f"{{{{{low}*{high}}}}}"
    shown = greeting(product)
    assert str(low * high) not in shown, symptom("template-ran")
    assert shown == f"Hello, {product}!"
    for name in (
        "{{config}}",
        "{{config.SECRET_KEY}}",
        "{{request.application.__globals__}}",
        "{% for each in config %}{{each}}{% endfor %}",
        "{# nobody sees this #}",
        "{{",
        "%}",
        "{name}",
        "{0} %s %(name)s ${name}",
        "{{ '{{' }}",
        f"{{{{{seed.word()}}}}} O'{seed.word().title()} & Söhne <3",
    ):
        assert greeting(name) == f"Hello, {name}!"
