"""The printable book, read by Beautiful Soup."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from harness.bank.exports import json as bank_json
from harness.bank.exports.markup import to_html
from tests.unit.bank.exports.samples import both, render, seen, visible_text

if TYPE_CHECKING:
    from harness.bank.exports.model import Export


@pytest.mark.parametrize("name", ["book", "book-with-answers"])
def test_the_book_shows_every_question(name: str, sample: Export) -> None:
    page = BeautifulSoup(both(name, sample), "html.parser")
    articles = page.find_all("article", class_="question")
    answers = page.find_all("article", class_="answer")
    assert len(answers) == (len(sample.items) if "answers" in name else 0)
    for article, item in zip(articles, sample.items, strict=True):
        shown = [str(article.find(class_="stem").decode_contents())]
        shown += [
            option.decode_contents() for option in article.find("ol", class_="options").find_all("li", recursive=False)
        ]
        before = [item.question.stem, *(option.text for option in item.options)]
        assert [seen(html) for html in shown] == [seen(to_html(markdown)) for markdown in before]
        assert ("choose all that apply" in article.h3.get_text()) == item.multi
    for answer, item in zip(answers, sample.items, strict=False):
        assert answer.h3.get_text().split(": ")[1] == ", ".join(item.letters)
        shown = [answer.find(class_="explanation").decode_contents()]
        shown += [why.decode_contents() for why in answer.find_all(class_="why")]
        before = [item.question.explanation, *(option.why for option in item.options)]
        assert [seen(html) for html in shown] == [seen(to_html(markdown)) for markdown in before]
        assert [mark.get_text() for mark in answer.find_all(class_="mark")] == [
            "Right." if option.correct else "Wrong." for option in item.options
        ]


def test_the_book_without_answers_gives_none_away(sample: Export) -> None:
    text = visible_text(render("book", sample).decode("utf-8"))
    for item in sample.items:
        assert visible_text(to_html(item.question.explanation)) not in text
    assert "Right." not in text


@pytest.mark.parametrize("name", ["book", "book-with-answers"])
def test_the_book_is_a_whole_page_that_loads_nothing(name: str, sample: Export) -> None:
    data = render(name, sample).decode("utf-8")
    page = BeautifulSoup(data, "html.parser")
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = [str(link["href"]) for link in page.find_all("a")]
    assert all(target.startswith("#") and target[1:] in ids for target in targets)
    assert {tag["aria-labelledby"] for tag in page.find_all(attrs={"aria-labelledby": True})} <= set(ids)
    assert not page.find_all(["script", "img", "link", "iframe", "b"])
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert data.count("<html") == 1 == len(page.find_all("h1")) == len(page.find_all("main"))


def test_colours_of_the_book_have_contrast_aa() -> None:
    css = (Path(bank_json.__file__).parent / "templates/book.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    tokens = re.findall(r"^pre :is.*color: (#[0-9a-f]{6})", css, re.MULTILINE)
    for text in (colours["ink"], colours["soft"], colours["accent"], colours["right"], *tokens):
        for ground in (colours["code"], "#ffffff"):
            light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{text} on {ground}"


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
