"""A class's grades as files that an LMS takes: the columns of Moodle and of Canvas, and the same as data.

Which columns those are, and where that stands, is in docs/grading.md. A number is written as it is; a text that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from harness.reports.batch import cell
from harness.services import clocks, grades, pseudonyms, rubrics
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import Enrolment, Part

if TYPE_CHECKING:
    from harness.services.grades import Grade
    from harness.store.models import Assessment, Invitation

SCHEMA_VERSION = "1.0"
WHOLE = "100"  # points that each column is of
MOODLE_NONE, CANVAS_NONE = "-", ""  # how each says that there is no grade
CANVAS_OWN = ("sisuserid", "sisloginid", "section")  # columns that a roster has which Canvas wrote
HIDDEN = "Names are hidden now, and a gradebook is made of names. It is here when they are shown again."


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures; ``key`` is what data calls it."""

    key: str
    name: str
    value: Callable[[Grade], float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One person: as the roster calls them, and what they have reached."""

    invitation: Invitation
    number: str  # by which the roster knows them
    kept: Mapping[str, str]
    grade: Grade

    @property
    def email(self) -> str:
        """As the roster wrote it: Moodle tells large letters from small ones."""
        return self.kept.get("email") or self.invitation.email


@dataclass(frozen=True, slots=True)
class Gradebook:
    assessment: Assessment
    columns: Sequence[Column]
    lines: Sequence[Line]


def of(assessment: Assessment) -> Gradebook:
    """Everybody's grades by the name that is shown, with what the roster knows of them.

    In a few queries, whatever their number. The order tells nothing of a name that is hidden.
    """
    chosen = select(Enrolment).where(Enrolment.assessment_id == assessment.id)
    told = {one.invitation_id: (one.number or "", one.kept) for one in db.session.scalars(chosen)}
    lines = [
        Line(one.invitation, *told.get(one.invitation.id, ("", {})), one) for one in grades.of_assessment(assessment)
    ]
    lines.sort(key=lambda one: (pseudonyms.shown_name(one.invitation).casefold(), one.invitation.id))
    return Gradebook(assessment, columns(assessment), lines)


def columns(assessment: Assessment) -> list[Column]:
    """The figures that an assessment has: those of its parts, points by hand, and a grade where there is just one."""
    offered = clocks.offered(assessment)
    found = []
    if Part.QUESTIONS in offered:
        found.append(Column("questions", "questions", lambda one: one.know))
    if Part.TASKS in offered:
        found.append(Column("tasks", "tasks", lambda one: one.do))
    if rubrics.rubrics(assessment.id):
        found.append(Column("by_hand", "by hand", lambda one: one.human))
    if len(offered) == 1 or assessment.know_share is not None:
        found.append(Column("grade", "grade", lambda one: one.final))
    return found


def moodle(book: Gradebook) -> str:
    """For Moodle's grade import, which finds people by ID number or e-mail address as whoever imports says."""
    _need_names(book)
    head = ["Name", "ID number", "Email address", *_titles(book)]
    rows = [
        [cell(one.invitation.name), cell(one.number), cell(one.email), *_figures(book, one, MOODLE_NONE)]
        for one in book.lines
    ]
    return _written([head, *rows])


def canvas(book: Gradebook) -> str:
    """For Canvas' gradebook import, which finds people by its own ID, then the SIS User ID, then the login."""
    _need_names(book)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *_titles(book)]
    possible = ["    Points Possible", "", "", "", "", *([WHOLE] * len(book.columns))]
    rows = [[*map(cell, _in_canvas(one)), *_figures(book, one, CANVAS_NONE)] for one in book.lines]
    return _written([head, possible, *rows])


def _in_canvas(one: Line) -> tuple[str, str, str, str, str]:
    """Name, ID, SIS User ID, SIS Login ID, section.

    An id is Canvas' own only if Canvas wrote the roster: the number of another system could be another person's there.
    """
    name, kept = one.invitation.name, one.kept
    if any(kept.get(column) for column in CANVAS_OWN):
        own = kept.get("id", "")
        return name, own, kept.get("sisuserid", ""), kept.get("sisloginid", ""), kept.get("section", "")
    return name, "", one.number, one.email, ""


def as_data(book: Gradebook) -> dict[str, Any]:
    """The same as dicts, lists, texts and numbers; moments are ISO 8601 in UTC. Percent with one decimal, or null."""
    _need_names(book)
    rules = book.assessment.grade_rules
    return {
        "schema_version": SCHEMA_VERSION,
        "assessment": book.assessment.title,
        "published_at": rules.published_at.isoformat() if rules and rules.published_at else None,
        "columns": [one.key for one in book.columns],
        "people": [_person(book, one) for one in book.lines],
    }


def _person(book: Gradebook, one: Line) -> dict[str, Any]:
    return {
        "name": one.invitation.name,
        "id": one.number or None,
        "email": one.email or None,
        **{column.key: column.value(one.grade) for column in book.columns},
        "open": list(one.grade.open),
        "by_task": [
            {
                "task": task.task.item,
                "automatic": _rounded(task.automatic),
                "by_hand": _rounded(task.human),
                "total": _rounded(task.total),
            }
            for task in one.grade.tasks
        ],
    }


def _need_names(book: Gradebook) -> None:
    if any(pseudonyms.hidden(one.invitation) for one in book.lines):
        raise Refused(Why.NOT_NOW, HIDDEN)


def _titles(book: Gradebook) -> list[str]:
    """What an LMS calls each column: the grade as the assessment, the others by what they are as well."""
    title = book.assessment.title
    return [cell(title if one.key == "grade" else f"{title}, {one.name}") for one in book.columns]


def _figures(book: Gradebook, one: Line, none: str) -> list[str]:
    values = [column.value(one.grade) for column in book.columns]
    return [none if value is None else f"{value:g}" for value in values]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _written(rows: Sequence[Sequence[str]]) -> str:
    table = io.StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return table.getvalue()
