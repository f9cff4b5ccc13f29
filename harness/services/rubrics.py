"""Rubrics: what people look at in a task's submissions, and the points that they give, beside the automatic score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from harness.services import publishing
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.lines import one_line, readable
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Assessment,
    Award,
    Criterion,
    ItemKind,
    Part,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_CRITERIA = 20  # of one task
MOST_POINTS = 1_000
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_COMMENT = 200, 2_000, 4_000  # characters
STEP = 4  # points come in quarters: those add up exactly
UNKNOWN = "There is no such criterion."


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion, and what was given by it; ``award`` is None where nobody has looked yet."""

    criterion: Criterion
    award: Award | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A submission's rubric as it is filled in. ``seen`` names this state of it, so that two people notice each other.

    ``given`` is None until every criterion has its points.
    """

    lines: tuple[Line, ...]

    @property
    def given(self) -> float | None:
        awards = [line.award.points for line in self.lines if line.award]
        return sum(awards) if len(awards) == len(self.lines) else None

    @property
    def possible(self) -> float:
        return sum(line.criterion.points for line in self.lines)

    @property
    def percent(self) -> float | None:
        """What was given of what can be, in percent."""
        return None if self.given is None else 100.0 * self.given / self.possible

    @property
    def seen(self) -> str:
        return max((line.award.at.isoformat() for line in self.lines if line.award), default="")


def rubric(assessment_id: int, task: str) -> Sequence[Criterion]:
    """The criteria of a task, by its name, in their order."""
    return rubrics(assessment_id).get(task, [])


def rubrics(assessment_id: int) -> Mapping[str, Sequence[Criterion]]:
    """All criteria of an assessment, by the name of their task; a task without a rubric is not in it."""
    chosen = select(Criterion).where(Criterion.assessment_id == assessment_id).order_by(Criterion.position)
    found: dict[str, list[Criterion]] = {}
    for one in db.session.scalars(chosen):
        found.setdefault(one.task, []).append(one)
    return found


def sheets(wanted: Mapping[int, Sequence[Criterion]]) -> Mapping[int, Sheet]:
    """The rubric of each of these submissions, with the points that were given, in one query."""
    chosen = select(Award).where(Award.submission_id.in_(wanted)).options(joinedload(Award.by))
    awards = {(one.submission_id, one.criterion_id): one for one in db.session.scalars(chosen)}
    return {
        number: Sheet(tuple(Line(one, awards.get((number, one.id))) for one in criteria))
        for number, criteria in wanted.items()
        if criteria
    }


def sheet(submission: Submission) -> Sheet | None:
    """The same of one submission; None where its task has no rubric."""
    assessment = submission.item.attempt.assessment
    if assessment is None or submission.kind is SubmissionKind.PUBLIC_RUN:
        return None
    return sheets({submission.id: rubric(assessment.id, submission.item.frozen.item)}).get(submission.id)


def criterion_of(assessment: Assessment, ref: str) -> Criterion:
    """One of its criteria. Raises Refused."""
    found = db.session.scalar(select(Criterion).where(Criterion.ref == ref, Criterion.assessment_id == assessment.id))
    if found is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


@dataclass(frozen=True, slots=True)
class Wording:
    """What a criterion says, as somebody wrote it."""

    title: str
    description: str
    points: float

    def checked(self) -> Wording:
        """Raises Refused for what does not fit."""
        title = one_line(self.title, LONGEST_TITLE, "What is looked at")
        description = readable(self.description).strip()
        if len(description) > LONGEST_DESCRIPTION:
            raise Refused(Why.INVALID, f"A description has at most {LONGEST_DESCRIPTION:,} characters.")
        if not 0 < self.points <= MOST_POINTS or not _in_steps(self.points):
            raise Refused(Why.INVALID, f"Points are more than 0 and at most {MOST_POINTS:,}, in quarters such as 2.25.")
        return Wording(title, description, self.points)


def _in_steps(points: float) -> bool:
    return float(points * STEP).is_integer()


def add(assessment_id: int, task: str, wording: Wording, by: int) -> Criterion:
    """One more criterion for a task of the assessment. Raises Refused."""
    wording = wording.checked()
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        _need_changeable(session, found)
        if not any(one.frozen.item == task and one.frozen.kind is ItemKind.TASK for one in found.items):
            raise Refused(Why.UNKNOWN, "The assessment has no such task.")
        standing = rubric(assessment_id, task)
        if len(standing) >= MOST_CRITERIA:
            raise Refused(Why.TOO_MANY, f"A rubric has at most {MOST_CRITERIA} criteria.")
        place = standing[-1].position + 1 if standing else 0
        made = Criterion(assessment_id=assessment_id, task=task, position=place)
        made.title, made.description, made.points = wording.title, wording.description, wording.points
        session.add(made)
        session.flush()
        note(session, by, "rubric.add", found.title, ref=found.ref, criterion=made.title, points=made.points)
    return made


def change(criterion_id: int, wording: Wording, by: int) -> None:
    """Rewords a criterion, or gives it other points; not fewer than somebody has. Raises Refused."""
    wording = wording.checked()
    with writing() as session:
        found = _standing(session, criterion_id)
        assessment = session.get_one(Assessment, found.assessment_id)
        if wording.points != found.points:
            _need_changeable(session, assessment)
            most = session.scalar(select(func.max(Award.points)).where(Award.criterion_id == found.id))
            if most is not None and most > wording.points:
                raise Refused(Why.NOT_NOW, f"Somebody has {most:g} points of it, so it can't be worth fewer.")
        found.title, found.description, found.points = wording.title, wording.description, wording.points
        note(
            session,
            by,
            "rubric.change",
            assessment.title,
            ref=assessment.ref,
            criterion=found.title,
            points=found.points,
        )


def remove(criterion_id: int, by: int) -> int:
    """Takes a criterion out, with all points that were given by it; gives how many those were. Raises Refused."""
    with writing() as session:
        found = _standing(session, criterion_id)
        assessment = session.get_one(Assessment, found.assessment_id)
        _need_changeable(session, assessment)
        given = session.scalar(select(func.count()).select_from(Award).where(Award.criterion_id == found.id)) or 0
        note(session, by, "rubric.remove", assessment.title, ref=assessment.ref, criterion=found.title, given=given)
        session.delete(found)
    return given


def _need_changeable(session: Session, assessment: Assessment) -> None:
    """A rubric that weighs nothing and by which nobody has points is in nobody's grade. Raises Refused for others."""
    given = select(func.count()).select_from(Award).join(Criterion).where(Criterion.assessment_id == assessment.id)
    if publishing.rules_of(assessment).human_percent or session.scalar(given):
        publishing.need_changeable(session, assessment)


def _standing(session: Session, criterion_id: int) -> Criterion:
    found = session.get(Criterion, criterion_id)
    if found is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody filled in at one criterion; None for points where they left it open."""

    points: float | None
    comment: str = ""


def give(submission_id: int, given: Mapping[int, Given], by: int, seen: str) -> Sheet:
    """Gives a submission its points, by criterion; one that is left open has none. ``seen`` is what one looked at.

    Raises Refused: CONFLICT where somebody else has given points since.
    """
    with writing() as session:
        submission = session.get_one(Submission, submission_id)
        before = sheet(submission)
        if before is None or submission.item.part is not Part.TASKS:
            raise Refused(Why.UNKNOWN, "This task has no rubric.")
        if before.seen != seen:
            raise Refused(
                Why.CONFLICT, "Somebody else has given points since you opened this page. Look at theirs first."
            )
        for line in before.lines:
            _give(session, submission, line, given.get(line.criterion.id, Given(None)), by)
        session.flush()
        after = sheet(submission)
        assert after is not None
        points = {one.criterion.title: one.award.points for one in after.lines if one.award}
        attempt = submission.item.attempt
        note(session, by, "rubric.give", submission.ref, attempt=attempt.ref, points=points)
    return after


def _give(session: Session, submission: Submission, line: Line, given: Given, by: int) -> None:
    points, comment = given.points, readable(given.comment).strip()
    what = line.criterion
    if points is not None and (not 0 <= points <= what.points or not _in_steps(points)):
        raise Refused(Why.INVALID, f"“{what.title}” gives 0 to {what.points:g} points, in quarters such as 2.25.")
    if len(comment) > LONGEST_COMMENT:
        raise Refused(Why.INVALID, f"A comment has at most {LONGEST_COMMENT:,} characters.")
    if points is None and comment:
        raise Refused(Why.INVALID, f"“{what.title}” has a comment and no points. Give it points, 0 as well.")
    award = line.award
    if award is not None and (award.points, award.comment) == (points, comment):
        return
    if award is not None and points is None:
        session.delete(award)
    elif award is not None and points is not None:
        award.points, award.comment, award.by_id, award.at = points, comment, by, now()
    elif points is not None:
        session.add(
            Award(submission_id=submission.id, criterion_id=what.id, points=points, comment=comment, by_id=by, at=now())
        )


def copy(session: Session, known: Assessment, made: Assessment) -> None:
    """The same rubrics for a copy of the assessment, within the deed that makes it."""
    for criteria in rubrics(known.id).values():
        for one in criteria:
            values = {name: getattr(one, name) for name in ("task", "position", "title", "description", "points")}
            session.add(Criterion(assessment_id=made.id, **values))
