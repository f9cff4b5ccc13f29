"""GIFT, read back by pygiftparser."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from harness.bank.exports.gift import escape
from tests.unit.bank.exports.samples import both, check_fractions, expected_html, render, seen

if TYPE_CHECKING:
    from harness.bank.exports.model import Export

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its regular expressions are no raw strings
    from pygiftparser import parser as gift_parser
    from pygiftparser.answer import MultipleChoicesSet, SelectSet
    from pygiftparser.utils import transformSpecials


def test_gift_gives_back_what_went_in(sample: Export) -> None:
    text = both("gift", sample).decode("utf-8")
    questions = gift_parser.parseFile(io.StringIO(text))
    questions = [question for question in questions if question.title]
    for question, item in zip(questions, sample.items, strict=True):
        assert question.valid
        assert transformSpecials(question.title) == item.question.id
        assert question.markup == "html"
        assert question.tail == ""
        assert type(question.answers) is (MultipleChoicesSet if item.multi else SelectSet)
        parts = [question.text, question.generalFeedback]
        for answer in question.answers.answers:
            parts += [answer.answer, answer.feedback]
        assert [seen(transformSpecials(part)) for part in parts] == expected_html(item)
        check_fractions(item, [f"{answer.fraction:.7g}" for answer in question.answers.answers])


def test_gift_keeps_each_question_in_one_paragraph_of_the_file(sample: Export) -> None:
    blocks = render("gift", sample).decode("utf-8").strip().split("\n\n")
    assert len(blocks) == 1 + len(list(sample.topics())) + len(sample.items)
    assert sum(block.startswith("::") and block.endswith("\n}") for block in blocks) == len(sample.items)


@given(st.text())
def test_gift_escapes_its_own_characters(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    assert not re.search(r"[{}]|(?<!\\)[~=#:]", escaped)
    undone = re.sub(r"&\\#(92|10|123|125);", lambda entity: chr(int(entity[1])), escaped)
    assert re.sub(r"\\([~=#:])", r"\1", undone) == re.sub(r"\\([~=#:])", r"\1", text.replace("\r", ""))
