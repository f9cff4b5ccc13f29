"""Moodle XML: a category per topic, questions of the type ``multichoice``, texts as HTML.

The form is what Moodle's own importer reads (``question/format/xml``); Moodle publishes no schema of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from harness.bank.exports.markup import child, document, explained, to_html

if TYPE_CHECKING:
    from harness.bank.exports.model import Export, Item
    from harness.domain.content import Topic

# Moodle knows certain fractions only; these are its shares of 1 to 6 right answers.
SHARES = {1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667"}


def render(export: Export) -> bytes:
    """The XML document."""
    quiz = ET.Element("quiz")
    for topic, items in export.topics():
        category = child(child(quiz, "question", type="category"), "category")
        child(category, "text", category_path(export, topic))
        for item in items:
            _question(quiz, item)
    return document(quiz)


def category_path(export: Export, topic: Topic) -> str:
    """The topic's category below the course's own one. A slash in a name is doubled, as Moodle wants it."""
    names = (name.replace("/", "//") for name in (export.title, topic.title))
    return "/".join(("$course$", "top", *names))


def _question(quiz: ET.Element, item: Item) -> None:
    question = item.question
    element = child(quiz, "question", type="multichoice")
    child(child(element, "name"), "text", question.id)
    _html(element, "questiontext", to_html(question.stem))
    _html(element, "generalfeedback", explained(question.explanation, question.references))
    for tag, text in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("idnumber", question.id),
        ("single", "false" if item.multi else "true"),
        ("shuffleanswers", "true"),
        ("answernumbering", "ABCD"),
        ("showstandardinstruction", "1" if item.multi else "0"),
    ):
        child(element, tag, text)
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _html(element, tag, "")
    for option, fraction in zip(item.options, fractions(item), strict=True):
        answer = _html(element, "answer", to_html(option.text), fraction=fraction)
        _html(answer, "feedback", to_html(option.why))
    tags = child(element, "tags")
    for name in (f"level:{question.level}", f"pool:{question.pool}", *(f"concept:{c}" for c in question.concepts)):
        child(child(tags, "tag"), "text", name)


def fractions(item: Item) -> list[str]:
    """What choosing each option earns, in percent. In a multi-select a wrong one takes all of it away."""
    share, wrong = SHARES[len(item.numbers)], "-100" if item.multi else "0"
    return [share if option.correct else wrong for option in item.options]


def _html(parent: ET.Element, tag: str, html: str, **attributes: str) -> ET.Element:
    element = child(parent, tag, **attributes, format="html")
    child(element, "text", html)
    return element
