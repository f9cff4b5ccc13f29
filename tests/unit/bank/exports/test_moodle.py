"""Moodle XML, read by moodle-xml-parser.

We found no published schema, so the other reader here is as strict as Moodle's own importer is lenient.
"""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING

from defusedxml import ElementTree
from moodle_xml_parser.parser import parse_bytes

from harness.bank.exports.markup import explained, to_html
from tests.unit.bank.exports.samples import (
    both,
    check_fractions,
    expected_html,
    export,
    render,
    seen,
    shipped,
    texts,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import pytest

    from harness.bank.exports.model import Export


MOODLE_TAGS = (
    *("name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "single"),
    *("shuffleanswers", "answernumbering", "showstandardinstruction"),
    *("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"),
)


def html_of(element: Element | None) -> str:
    assert element is not None
    assert element.get("format") == "html"
    assert element[0].tag == "text"
    assert not list(element[0])
    return element[0].text or ""


def test_moodle_gives_back_what_went_in(sample: Export) -> None:
    root = ElementTree.fromstring(both("moodle", sample), forbid_dtd=True)
    assert (root.tag, root.attrib) == ("quiz", {})
    categories = [q.findtext("category/text") for q in root if q.get("type") == "category"]
    assert len(categories) == len(list(sample.topics()))
    questions = [q for q in root if q.get("type") != "category"]
    assert len({q.findtext("idnumber") for q in questions}) == len(questions)
    for question, item in zip(questions, sample.items, strict=True):
        assert question.get("type") == "multichoice"
        tags = [child.tag for child in question]
        assert tags == [*MOODLE_TAGS, *["answer"] * 6, "tags"]
        assert question.findtext("name/text") == item.question.id
        assert question.findtext("single") == ("false" if item.multi else "true")
        parts = [html_of(question.find("questiontext")), html_of(question.find("generalfeedback"))]
        fractions = []
        for answer in question.findall("answer"):
            parts += [html_of(answer), html_of(answer.find("feedback"))]
            fractions.append(answer.get("fraction", ""))
        assert [seen(part) for part in parts] == expected_html(item)
        check_fractions(item, fractions)
        assert f"level:{item.question.level}" in [tag.text for tag in question.iterfind("tags/tag/text")]


def test_moodle_is_understood_by_a_library_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    sample = export(shipped())
    read = parse_bytes(render("moodle", sample))["multichoice"]
    assert capsys.readouterr().out == ""  # where it says which question it can't read
    for question, item in zip(read, sample.items, strict=True):
        assert (question.name, question.single) == (item.question.id, not item.multi)
        parts = [question.text_pre_parse, question.general_feedback]
        for option in question.options:
            parts += [option.answer, option.feedback]
        # It undoes the escapes of HTML as well as those of XML.
        expected = [to_html(markdown) for markdown in texts(item)]
        expected[1] = explained(item.question.explanation, item.question.references)
        assert parts == [html.unescape(text).strip() for text in expected]
        check_fractions(item, [f"{option.score_fraction:.7g}" for option in question.options])


def test_a_slash_in_a_topic_is_no_category_of_its_own(nasty: Export) -> None:
    root = ElementTree.fromstring(render("moodle", nasty))
    assert root.findtext("question/category/text") == (
        "$course$/top/Flask practice questions/Contexts // <b>~g: {x}<//b> & more"
    )


def test_xml_gets_a_stand_in_for_what_it_cannot_write(nasty: Export) -> None:
    item = nasty.items[0]
    strange = replace(item, question=replace(item.question, stem="a \x1b[31m b\ufffe"))
    root = ElementTree.fromstring(render("moodle", replace(nasty, items=(strange,))))
    assert root.findtext(".//questiontext/text") == "<p>a \ufffd[31m b\ufffd</p>"
