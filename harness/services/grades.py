"""Grades: what questions, automatic scores and people's points come to, for one person or a whole class.

A grade is made of what is known for good. While anything of it is open, there is none, and it says what is open; a
fault of ours is never a zero, and neither is what somebody has not begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from harness.services import clocks, publishing, results, rubrics
from harness.store.base import db
from harness.store.models import Assessment, Attempt, AttemptKind, Invitation, Part, Submission, SubmissionKind

if TYPE_CHECKING:
    from harness.services.publishing import Rules
    from harness.services.results import Mark, Standing
    from harness.services.rubrics import Sheet
    from harness.store.models import Criterion, FrozenItem

FULL = 100.0


@dataclass(frozen=True, slots=True)
class TaskGrade:
    """One task, in percent: the automatic score, the rubric's points, and both as they are weighed.

    ``sheet`` is None where the task has no rubric, or nothing was handed in; ``submission`` is the ref of the one that
    counts.
    """

    task: FrozenItem
    weight: int
    automatic: float | None
    human: float | None
    total: float | None
    has_rubric: bool
    submission: str | None
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class Grade:
    """What one person has reached, in percent with one decimal; None for what is not known, or does not exist.

    ``human`` are all rubrics' points; ``open`` says in words why there is no final grade, and is empty where there is.
    """

    invitation: Invitation
    attempt: Attempt | None
    know: float | None
    do: float | None
    human: float | None
    tasks: tuple[TaskGrade, ...]
    final: float | None
    open: tuple[str, ...]

    @property
    def says_more(self) -> bool:
        """Whether it is made of more than one score, so that it has to be told beside them."""
        return any(one.has_rubric for one in self.tasks) or (
            self.invitation.assessment.know_share is not None and len(clocks.offered(self.invitation.assessment)) > 1
        )


def of_assessment(assessment: Assessment) -> list[Grade]:
    """Everybody's who was invited, in the order in which they were; in a few queries, whatever their number."""
    invitations = db.session.scalars(
        select(Invitation)
        .where(Invitation.assessment_id == assessment.id, Invitation.erased_at.is_(None))
        .order_by(Invitation.id)
    ).all()
    chosen = select(Attempt).where(Attempt.assessment_id == assessment.id, Attempt.kind == AttemptKind.ASSESSMENT)
    attempts = {one.invitation_id: one for one in db.session.scalars(chosen.options(selectinload(Attempt.parts)))}
    made = _Making.of(assessment, list(attempts.values()))
    return [made.grade(one, attempts.get(one.id)) for one in invitations]


def of_attempt(attempt: Attempt, standing: Standing | None = None) -> Grade | None:
    """One person's; None where it is no assessment's attempt. ``standing`` is what it comes to, if that is known."""
    if attempt.assessment is None or attempt.invitation is None or attempt.kind is not AttemptKind.ASSESSMENT:
        return None
    standings = {attempt.id: standing} if standing else None
    return _Making.of(attempt.assessment, [attempt], standings).grade(attempt.invitation, attempt)


def weighed(automatic: float | None, human: float | None, percent: int) -> float | None:
    """A task's total, where the rubric's points weigh so many percent of it; None while a part of it is not known."""
    if automatic is None or human is None:
        return automatic if percent == 0 else human if percent == 100 else None
    return (automatic * (100 - percent) + human * percent) / 100


@dataclass(frozen=True, slots=True)
class _Making:
    """All that grades of one assessment are made of, looked up at once."""

    rules: Rules
    rubrics: Mapping[str, Sequence[Criterion]]
    standings: Mapping[int, Standing]
    sheets: Mapping[int, Sheet]
    refs: Mapping[int, str]  # of submissions
    offered: Sequence[Part]
    know_share: int | None

    @classmethod
    def of(
        cls, assessment: Assessment, attempts: Sequence[Attempt], standings: Mapping[int, Standing] | None = None
    ) -> _Making:
        criteria = rubrics.rubrics(assessment.id)
        standings = standings or results.bare_standings(attempts)
        wanted = {
            number: criteria.get(mark.item.frozen.item, [])
            for standing in standings.values()
            for mark in standing.marks
            if (number := _counting(mark)) is not None
        }
        refs = db.session.execute(select(Submission.id, Submission.ref).where(Submission.id.in_(wanted)))
        return cls(
            publishing.rules_of(assessment),
            criteria,
            standings,
            rubrics.sheets(wanted) if criteria else {},
            {row.id: row.ref for row in refs},
            list(clocks.offered(assessment)),
            assessment.know_share,
        )

    def grade(self, invitation: Invitation, attempt: Attempt | None) -> Grade:
        if attempt is None:
            return Grade(invitation, None, None, None, None, (), None, ("not begun",))
        standing = self.standings[attempt.id]
        begun = {part for part in self.offered if clocks.clock(attempt, part)}
        marks = [mark for mark in standing.marks if mark.item.part is Part.TASKS]
        tasks = tuple(self._task(mark) for mark in marks) if Part.TASKS in begun else ()
        know = standing.know if Part.QUESTIONS in begun else None
        do = standing.do if Part.TASKS in begun else None
        said = tuple(self._open(attempt, standing, tasks))
        return Grade(
            invitation,
            attempt,
            know,
            do,
            _mean([(one.weight, one.human) for one in tasks if one.has_rubric]),
            tasks,
            None if said else self._final(know, tasks),
            said,
        )

    def _task(self, mark: Mark) -> TaskGrade:
        submission = _counting(mark)
        sheet = self.sheets.get(submission) if submission is not None else None
        has_rubric = mark.item.frozen.item in self.rubrics
        automatic = None if mark.share is None else FULL * mark.share
        human = sheet.percent if sheet else None
        if has_rubric and not mark.answered:
            human = 0.0  # nothing was handed in, so there is nothing to look at
        total = weighed(automatic, human, self.rules.human_percent) if has_rubric else automatic
        ref = self.refs[submission] if submission is not None else None
        return TaskGrade(mark.item.frozen, mark.item.weight, automatic, human, total, has_rubric, ref, sheet)

    def _open(self, attempt: Attempt, standing: Standing, tasks: Sequence[TaskGrade]) -> Sequence[str]:
        said = []
        for part in self.offered:
            clock = clocks.clock(attempt, part)
            if clock is None:
                said.append(f"{part} not begun")
            elif not clocks.over(clock):
                said.append(f"at work on the {part}")
        unknown = [mark for mark in standing.marks if mark.share is None]
        if any(mark.pending for mark in unknown):
            said.append("being graded")
        if any(not mark.pending for mark in unknown):
            said.append("not judged, by a fault of ours")
        if self.rules.human_percent and any(one.has_rubric and one.human is None and one.submission for one in tasks):
            said.append("points by hand missing")
        return said

    def _final(self, know: float | None, tasks: Sequence[TaskGrade]) -> float | None:
        """Of one part its own; of both as they are weighed, or none where they stay two scores."""
        do = _mean([(one.weight, one.total) for one in tasks])
        if len(self.offered) == 1:
            return know if self.offered[0] is Part.QUESTIONS else do
        if self.know_share is None or know is None or do is None:
            return None
        return round((know * self.know_share + do * (100 - self.know_share)) / 100, 1)


def _counting(mark: Mark) -> int | None:
    """The submission that people give points to: the one that counts, or the last while none does yet."""
    if mark.result is not None:
        return mark.result.submission_id
    handed_in = [one.id for one in mark.item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
    return handed_in[-1] if handed_in else None


def _mean(parts: Sequence[tuple[int, float | None]]) -> float | None:
    """The weighted mean, with one decimal; None where one is unknown, or there are none."""
    if not parts or any(value is None for _, value in parts):
        return None
    whole = sum(weight for weight, _ in parts)
    return round(sum(weight * (value or 0.0) for weight, value in parts) / whole, 1)
