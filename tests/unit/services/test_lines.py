"""Text that people give cannot act on what stands beside it, and still is theirs in every script."""

from __future__ import annotations

import pytest

from harness.services.errors import Refused
from harness.services.lines import one_line, readable


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Nora \t Newcomer\n", "Nora Newcomer"),
        ("Nora\u202egnp.exe", "Noragnp.exe"),
        ("No\u200bra\u00ad\ufeff", "Nora"),
        ("N\x00o\x1b[31mra", "No[31mra"),
        ("No\ud800ra", "Nora"),
        ("Zoe\u0308", "Zoë"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("Z" + "\u0335" * 30, "Z" + "\u0335" * 4),
    ],
)
def test_a_line_keeps_what_can_be_read(given, kept):
    assert one_line(given, 100, "A name") == kept


@pytest.mark.parametrize("given", ["", " \n", "\u3164", "\u200d\u200c", "\u202e\u2066", "x" * 101])
def test_a_line_that_shows_nothing_or_too_much_is_refused(given):
    with pytest.raises(Refused, match="A name has 1 to 100 characters"):
        one_line(given, 100, "A name")


def test_the_lines_of_a_text_stay():
    assert readable("# One\r\n\r\n- two\u202e\r\tthree") == "# One\n\n- two\n\tthree"
