"""Udemy's CSV, read by the csv module and by a simulated importer that strips tags."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from harness.bank.exports.cells import decode, encode, unwrap
from harness.bank.exports.markup import to_html
from harness.bank.exports.udemy import COLUMNS
from harness.domain.content import Option
from harness.domain.errors import ContentError
from tests.unit.bank.exports.samples import both, render, seen, texts

if TYPE_CHECKING:
    from harness.bank.exports.model import Export


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def test_udemy_has_the_columns_and_cells_that_udemy_takes(sample: Export) -> None:
    data = both("udemy", sample)
    assert not data.startswith(b"\xef\xbb\xbf")
    header, *body = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    assert ",".join(header) == (
        "Question,Question Type,Answer Option 1,Explanation 1,Answer Option 2,Explanation 2,Answer Option 3,"
        "Explanation 3,Answer Option 4,Explanation 4,Answer Option 5,Explanation 5,Answer Option 6,Explanation 6,"
        "Correct Answers,Overall Explanation,Domain"
    )
    assert header == list(COLUMNS)
    for row in body:
        assert len(row) == 17
        assert all(cell for cell in row)
        assert all(len(cell.splitlines()) == 1 for cell in row)
        assert not any("<" in cell or ">" in cell for cell in row)


def stripped(cell: str) -> str:
    """What an importer keeps that deletes whatever looks like a tag, folds white space, and reads entities."""
    without = re.sub(r"<[^>]*>", "", cell)
    return re.sub("[ \t\r\n]+", " ", BeautifulSoup(without, "html.parser").get_text()).strip()


def test_udemy_gives_back_what_went_in(sample: Export) -> None:
    for row, item in zip(rows(both("udemy", sample)), sample.items, strict=True):
        question = item.question
        assert row["Question Type"] == ("multi-select" if len(item.numbers) > 1 else "multiple-choice")
        assert row["Correct Answers"] == ",".join(map(str, item.numbers))
        assert row["Domain"] == item.domain
        cells = [row["Question"], row["Overall Explanation"]]
        for number, option in enumerate(item.options, start=1):
            cells += [row[f"Answer Option {number}"], row[f"Explanation {number}"]]
            assert option.correct == (str(number) in row["Correct Answers"].split(","))
        listed = "".join(f"\n- {reference}" for reference in question.references)
        before = texts(item)
        before[1] += f"\n\nReferences:\n{listed}" if listed else ""
        for cell, markdown in zip(cells, before, strict=True):
            assert decode(cell) == unwrap(markdown)
            if question.slug != "marks-of-ours":  # once entities are read, it can't be told from what marks it
                assert stripped(cell).replace("\u00a0", " ").replace("\u21e5", "\t") == shown_on_a_line(markdown)


def shown_on_a_line(markdown: str) -> str:
    lines = unwrap(markdown).split("\n")
    return re.sub(r"\u23ce  (?=\u23ce)", "\u23ce ", " \u23ce ".join(lines)).strip()


def test_a_converter_of_urls_survives_an_importer_that_strips_tags() -> None:
    cell = encode("Which rule?\n\n```python\n@app.get('/<int:id>')\n    def f(id): ...\n```")
    assert stripped(cell).replace("\u00a0", " ") == (
        "Which rule? ⏎ ⏎ ```python ⏎ @app.get('/<int:id>') ⏎     def f(id): ... ⏎ ```"
    )


MARKDOWN = st.text(st.sampled_from("ab1 \n\t<>&#;`*_-~|\\\"'\u23ce\u00a0{}[]=:"), max_size=60).map(str.strip)


@given(MARKDOWN)
@example("1\t\n1")  # a browser folds the tab that is left at the end of the line
def test_any_text_comes_back_from_a_cell(markdown: str) -> None:
    cell = encode(markdown)
    assert not set("<>\n\r\t") & set(cell)
    assert "  " not in cell
    assert decode(cell) == unwrap(markdown)
    assert seen(to_html(unwrap(markdown))) == seen(to_html(markdown))


def test_udemy_refuses_a_question_with_more_options_than_columns(nasty: Export) -> None:
    item = nasty.items[0]
    more = replace(item, options=(*item.options, Option("more", "x", "y")))
    with pytest.raises(ContentError, match=f"{item.question.id} has 7 options; Udemy's CSV has columns for 6"):
        render("udemy", replace(nasty, items=(more,)))
