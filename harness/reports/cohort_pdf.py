"""A cohort on paper: the table with its margins, the pictures, and every decision with its reason.

Text can be selected and searched. The font is the one that Matplotlib brings (DejaVu Sans): Latin, Greek, Cyrillic,
Arabic and Hebrew letters; where it has no glyph for a character, a box with its number stands in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from fpdf import FPDF

from harness.reports import plots
from harness.reports.inert import inert_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT = "DejaVu"
MARGIN_MM = 16
ROW_MM = 6.2
EXPLAINED = """In brackets stands the margin of a score: in 95 of 100 such assessments it holds what the person would \
reach if everything of this kind were asked (Wilson's interval). A place such as 2 to 4 means: one person stands \
before this one for certain, and at most two more may; the margins do not tell more. What a person knows and what they \
can do are different things, and are joined only where the assessment says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person: their number in the pictures, their name, a text for each measure, and what was decided."""

    number: int
    name: str
    scores: Sequence[str]
    decision: str


def render(
    title: str,
    made_at: datetime,
    measures: Sequence[str],
    lines: Sequence[Line],
    pictures: Sequence[tuple[str, Figure]],
    reasons: Sequence[tuple[str, str]],
) -> bytes:
    """The PDF. ``reasons`` are names with what was decided about them, and why."""
    page = _document(title, made_at)
    _heading(page, inert_line(title), 18)
    _text(page, f"{len(lines)} people, as it stood at {made_at.astimezone(UTC):%d %B %Y, %H:%M} UTC")
    _table(page, measures, lines)
    _text(page, EXPLAINED)
    for caption, figure in pictures:
        wide = page.epw * 0.8
        high = wide * figure.get_figheight() / figure.get_figwidth()
        if page.will_page_break(high + 14):
            page.add_page()
        _heading(page, caption, 12)
        page.image(BytesIO(plots.png(figure)), w=wide, alt_text=f"{caption}; the numbers stand in the table")
    if reasons:
        _heading(page, "Decisions", 14)
        for name, reason in reasons:
            _text(page, f"{inert_line(name)}: {inert_line(reason)}")
    return bytes(page.output())


def _document(title: str, made_at: datetime) -> FPDF:
    page = FPDF()
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    page.add_font(FONT, "", fonts / "DejaVuSans.ttf")
    page.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
    page.set_title(inert_line(title))
    page.set_lang("en")
    page.set_creation_date(made_at)
    page.set_margin(MARGIN_MM)
    page.set_auto_page_break(auto=True, margin=MARGIN_MM)
    page.add_page()
    return page


def _heading(page: FPDF, text: str, points: int) -> None:
    page.ln(3)
    page.set_font(FONT, "B", points)
    page.multi_cell(0, points * 0.5, text, new_x="LMARGIN", new_y="NEXT")
    page.ln(1)


def _text(page: FPDF, text: str) -> None:
    page.set_font(FONT, "", 9)
    page.multi_cell(0, 4.6, text, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(1.5)


def _table(page: FPDF, measures: Sequence[str], lines: Sequence[Line]) -> None:
    """A row per person. fpdf2's own table sets each cell twice, which takes seconds for hundreds of people."""
    head = ("", "Name", *measures, "Decision")
    widths = [8.0, 40.0, *(48.0 for _ in measures), 24.0]
    scale = min(1.0, page.epw / sum(widths))
    widths = [scale * width for width in widths]
    _row(page, head, widths, "B")
    for one in lines:
        if page.will_page_break(ROW_MM):
            page.add_page()
            _row(page, head, widths, "B")
        _row(page, _cells(one), widths, "")
    page.ln(3)


def _row(page: FPDF, cells: Sequence[str], widths: Sequence[float], style: str) -> None:
    page.set_font(FONT, style, 8)
    if all(page.get_string_width(text) < width - 2 for text, width in zip(cells, widths, strict=True)):
        for text, width in zip(cells, widths, strict=True):
            page.cell(width, ROW_MM, text, border="B")
        page.ln(ROW_MM)
        return
    with page.table(
        width=sum(widths),
        col_widths=tuple(widths),
        line_height=4.6,
        padding=(0.8, 1),
        text_align="LEFT",
        align="LEFT",
        borders_layout="NONE",
        first_row_as_headings=False,
    ) as table:
        table.row(cells)
    page.line(page.l_margin, page.get_y(), page.l_margin + sum(widths), page.get_y())


def _cells(one: Line) -> tuple[str, ...]:
    return (str(one.number), inert_line(one.name), *one.scores, one.decision)
