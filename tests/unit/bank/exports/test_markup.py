"""Markdown as HTML: code is shown to the last character."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from harness.bank.exports.markup import to_html
from tests.unit.bank.exports.samples import NASTY, first_line, nasty_stem


@pytest.mark.parametrize("highlighted", [False, True])
@pytest.mark.parametrize("name", NASTY)
def test_html_shows_code_to_the_last_character(name: str, highlighted: bool) -> None:
    raw = NASTY[name]
    page = BeautifulSoup(to_html(nasty_stem(raw), highlighted=highlighted), "html.parser")
    assert page.pre is not None
    assert page.pre.get_text() == raw + "\n"
    assert page.find_all("code")[-1].get_text() == first_line(raw)
    assert page.p is not None
    assert page.p.get_text() == "What does this show, 1 < 2 & 3 > 2?"
    assert {tag.name for tag in page.find_all()} <= {"p", "pre", "code", "em", "strong", "span"}


def test_raw_html_is_text_and_nothing_is_loaded_or_run() -> None:
    html = to_html("<b>x</b> ![i](data:image/png,x) [l](javascript:alert(1))\n\n<div>y</div>")
    assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all()} == {"p"}
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "&lt;div&gt;" in html
