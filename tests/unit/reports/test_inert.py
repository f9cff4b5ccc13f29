"""Text of a submission can be read and do nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.reports.inert import LINE_LIMIT, TEXT_LIMIT, inert, inert_line

ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def acting(text: str) -> list[str]:
    """The characters of ``text`` that could do something, the newline aside."""
    return [char for char in text if char != "\n" and unicodedata.category(char) in ACTING]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text, ünïcode, 日本語, ✓", "plain text, ünïcode, 日本語, ✓"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]52;c;ZXZpbA==\x07", "\\x1b]52;c;ZXZpbA==\\x07"),
        ("a\u202egpj.exe", "a\\u202egpj.exe"),
        ("pass\u200bed", "pass\\u200bed"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
        ("\ufffe", "\\ufffe"),
        ("x\ufe0fy", "x\\ufe0fy"),
        ("\x9b31m", "\\x9b31m"),
        ("one\r\ntwo\rthree", "one\ntwo\\rthree"),
        ("\tindented", "    indented"),
        (b"caf\xc3\xa9 \xff", "café \\xff"),
    ],
)
def test_what_would_act_is_shown(raw: str | bytes, shown: str) -> None:
    assert inert(raw) == shown


def test_a_line_stays_a_line() -> None:
    """A newline in a name can't begin a line of its own in a log or a terminal."""
    assert inert_line("a\r\nb\tc\u2029d\x85e") == "a\\r\\nb\\tc\\u2029d\\x85e"


def test_long_text_keeps_its_beginning_and_more_of_its_end() -> None:
    text = inert("a" * 50_000 + "the error")
    assert len(text) < TEXT_LIMIT + 100
    assert text.startswith("aaa")
    assert text.endswith("the error")
    assert "30,009 characters left out" in text
    assert len(inert_line("n" * 5_000)) < LINE_LIMIT + 100


def test_marks_piled_on_one_letter_are_shown_beside_it() -> None:
    assert inert("o\u0308\u0301") == "o\u0308\u0301"
    assert inert("o" + "\u0301" * 6) == "o" + "\u0301" * 4 + "\\u0301" * 2


@given(st.one_of(st.text(st.characters(exclude_categories=())), st.binary()))
def test_nothing_that_acts_is_left_in_any_text(text: str | bytes) -> None:
    assert acting(inert(text)) == []
    assert acting(inert_line(text)) == []
    assert "\n" not in inert_line(text)
    inert(text).encode()


@given(st.text())
def test_inert_text_is_left_as_it_is(text: str) -> None:
    once = inert(text)
    assert inert(once) == once
