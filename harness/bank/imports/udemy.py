"""Reads the CSV of Udemy's practice tests: our own exports, and what others wrote."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from harness.bank.exports.cells import decode
from harness.bank.exports.markup import REFERENCES
from harness.bank.exports.udemy import COLUMNS, MULTI, OPTIONS, SINGLE
from harness.bank.imports.markup import is_html, lost_tags, to_markdown
from harness.bank.imports.model import TO_WRITE, Found, FoundOption, Reading
from harness.domain.errors import UsageError

NEEDED = ("Question", "Question Type", "Answer Option 1", "Answer Option 2", "Correct Answers")
_TAIL = re.compile(rf"\n\n{REFERENCES}\n\n(?P<items>- [^\n]+(\n- [^\n]+)*)$")

Row = Mapping[str, str]


def read(data: bytes, name: str) -> Reading:
    """The questions of the file ``name``. Raises UsageError for what is no such CSV."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(f"{name} is not UTF-8 (byte {fault.start}). Save it as CSV UTF-8.") from fault
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    reading = Reading()
    try:
        columns = _columns(next(rows, []), name)
        start = rows.line_num + 1
        for number, cells in enumerate(rows, start=2):
            where = f"{name}, row {number} (line {start})"
            start = rows.line_num + 1
            if any(cell.strip() for cell in cells):
                _read_row(reading, where, cells, columns)
    except csv.Error as fault:
        reading.refuse(f"{name}, line {rows.line_num}", f"the CSV can't be read from here on: {fault}")
    return reading


def _columns(header: list[str], name: str) -> list[str]:
    """The header's names as Udemy spells them; a name that Udemy has not stays as it is."""
    known = {column.casefold(): column for column in COLUMNS}
    columns = [known.get(" ".join(cell.split()).casefold(), cell.strip()) for cell in header]
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise UsageError(f"{name} is no practice test of Udemy: its first row lacks {', '.join(missing)}.")
    return columns


def _read_row(reading: Reading, where: str, cells: list[str], columns: list[str]) -> None:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        reading.refuse(where, f"it has {len(cells)} cells, and the first row {len(columns)}")
        return
    row = dict(zip(columns, cells + [""] * len(columns), strict=False))
    faults: list[str] = []
    kind = row["Question Type"].strip().casefold()
    if kind not in (SINGLE, MULTI):
        faults.append(f"questions of the type {row['Question Type'].strip()!r} have no form here")
    explanation, references = _split(_text(row.get("Overall Explanation", "")))
    stem = _text(row["Question"])
    found = Found(
        where=where,
        name=stem,
        multi=kind == MULTI,
        stem=stem,
        explanation=explanation or TO_WRITE,
        options=_options(row, faults),
        references=references,
        note=f"Domain in the file: {row['Domain'].strip()}" if row.get("Domain", "").strip() else "",
    )
    lost = [tag for cell in row.values() if is_html(cell) for tag in lost_tags(cell)]
    if lost:
        reading.warn(where, f"has HTML that Markdown can't show: {', '.join(dict.fromkeys(lost))}")
    reading.keep(found, faults)


def _options(row: Row, faults: list[str]) -> tuple[FoundOption, ...]:
    key = _key(row["Correct Answers"], faults)
    options = []
    for number in range(1, OPTIONS + 1):
        text, why = (_text(row.get(f"{column} {number}", "")) for column in ("Answer Option", "Explanation"))
        if text:
            options.append(FoundOption(text, why or TO_WRITE, number in key))
            continue
        if why:
            faults.append(f"Explanation {number} has no answer option")
        if number in key:
            faults.append(f"the right answer {number} is empty")
    faults += [f"the right answer {number} is none of 1 to {OPTIONS}" for number in sorted(key) if number > OPTIONS]
    return tuple(options)


def _key(cell: str, faults: list[str]) -> set[int]:
    parts = [part.strip() for part in re.split("[,;]", cell) if part.strip()]
    wrong = [part for part in parts if not re.fullmatch("[1-9][0-9]{0,3}", part, re.ASCII)]
    if wrong or not parts:
        faults.append(f"Correct Answers is {cell!r}, not numbers from 1 with commas between them")
    return {int(part) for part in parts if part not in wrong}


def _text(cell: str) -> str:
    """A cell as Markdown: HTML where it has tags, else text as our own export writes it."""
    return to_markdown(cell) if is_html(cell) else decode(cell.strip())


def _split(markdown: str) -> tuple[str, tuple[str, ...]]:
    """An explanation without the list of references that our export puts below it, and those."""
    tail = _TAIL.search(markdown)
    if tail is None:
        return markdown, ()
    return markdown[: tail.start()], tuple(line.removeprefix("- ") for line in tail["items"].split("\n"))
