"""Udemy's practice tests: the CSV of its bulk upload, 17 columns, UTF-8 without a byte order mark.

The form is that of Udemy's template; ``cells`` says how texts are written in it.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from harness.bank.exports.cells import encode
from harness.bank.exports.markup import REFERENCES
from harness.domain.errors import ContentError

if TYPE_CHECKING:
    from harness.bank.exports.model import Export, Item

OPTIONS = 6
COLUMNS = (
    "Question",
    "Question Type",
    *(f"{name} {number}" for number in range(1, OPTIONS + 1) for name in ("Answer Option", "Explanation")),
    "Correct Answers",
    "Overall Explanation",
    "Domain",
)
SINGLE, MULTI = "multiple-choice", "multi-select"


def render(export: Export) -> bytes:
    """The CSV file. Raises ContentError for a question with more options than there are columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(item) for item in export.items)
    return text.getvalue().encode()


def _row(item: Item) -> list[str]:
    question = item.question
    if len(item.options) > OPTIONS:
        raise ContentError(f"{question.id} has {len(item.options)} options; Udemy's CSV has columns for {OPTIONS}.")
    cells = [encode(text) for option in item.options for text in (option.text, option.why)]
    cells += [""] * (2 * OPTIONS - len(cells))
    # Udemy takes a multi-select only with two right answers or more.
    kind = MULTI if len(item.numbers) > 1 else SINGLE
    explanation = question.explanation
    if question.references:
        explanation += f"\n\n{REFERENCES}\n\n" + "\n".join(f"- {reference}" for reference in question.references)
    return [encode(question.stem), kind, *cells, ",".join(map(str, item.numbers)), encode(explanation), item.domain]
