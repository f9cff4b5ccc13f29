"""How far the people of an assessment are, and what they have reached where it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from harness.services import attempts, clocks, results
from harness.services.pseudonyms import shown_email, shown_name
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import (
    UNFINISHED,
    Assessment,
    AssessmentState,
    Attempt,
    AttemptItem,
    AttemptKind,
    AttemptPart,
    Invitation,
    Job,
    JobKind,
    Part,
    Submission,
)

if TYPE_CHECKING:
    from sqlalchemy import Select

    from harness.services.results import Standing

PAGE = 50  # people


class Stage(StrEnum):
    """How far an invited person is."""

    INVITED = "invited"
    OPENED = "opened"  # the link, and nothing is started
    WORKING = "working"  # a clock runs
    BETWEEN = "between parts"  # no clock runs, and a part is still to come
    GRADING = "being graded"
    FINISHED = "finished"
    OVERDUE = "overdue"  # a part was not started in time, and can't be any more
    WITHDRAWN = "link withdrawn"  # and not finished


GOING_ON = {Stage.WORKING, Stage.GRADING}


@dataclass(frozen=True, slots=True)
class PartStand:
    """One part of one person. ``minutes_left`` is rounded up; None where the part has not started or is over."""

    part: Part
    started: bool
    over: bool
    minutes_left: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One invited person. ``standing`` is known from the end on."""

    invitation: Invitation
    attempt: Attempt | None
    stage: Stage
    parts: tuple[PartStand, ...]
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """A page of an assessment's people; ``counts`` are of all of them, ``found`` of those that were asked for."""

    rows: tuple[Row, ...]
    counts: Mapping[Stage, int]
    found: int
    goes_on: bool  # whether anything of it may change without its interviewer

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def follow(assessment: Assessment, stage: Stage | None = None, text: str = "", after: int = 0) -> Following:
    """The people of one stage, if it is named, whose name or address has ``text`` in it, without the first ones."""
    everyone = _people(assessment)
    fitting = [one for one in everyone if stage in (None, one.stage) and _named(one.invitation, text)]
    counts = Counter(one.stage for one in everyone)
    return Following(
        _with_standings(fitting[after : after + PAGE]),
        {one: counts[one] for one in Stage if counts[one]},
        len(fitting),
        assessment.state is AssessmentState.PUBLISHED or any(counts[one] for one in GOING_ON),
    )


def follow_one(invitation: Invitation) -> Row:
    """The same for one person."""
    attempt = attempts.attempt_of(invitation.id)
    offered = list(clocks.offered(invitation.assessment))
    waiting = select(_being_graded(invitation.assessment).where(Attempt.invitation_id == invitation.id).exists())
    graded = {attempt.id} if attempt is not None and db.session.scalar(waiting) else set()
    return _with_standings([_row(invitation, attempt, offered, graded)])[0]


def _named(invitation: Invitation, text: str) -> bool:
    return text.casefold() in f"{shown_name(invitation)} {shown_email(invitation)}".casefold()


def _people(assessment: Assessment) -> list[Row]:
    invitations = db.session.scalars(
        select(Invitation)
        .where(Invitation.assessment_id == assessment.id, Invitation.erased_at.is_(None))
        .order_by(Invitation.id)
    ).all()
    begun = _attempts(assessment)
    graded = set(db.session.scalars(_being_graded(assessment)))
    offered = list(clocks.offered(assessment))
    return [_row(one, begun.get(one.id), offered, graded) for one in invitations]


def _attempts(assessment: Assessment) -> Mapping[int, Attempt]:
    chosen = select(Attempt).where(Attempt.assessment_id == assessment.id, Attempt.kind == AttemptKind.ASSESSMENT)
    found = db.session.scalars(chosen.options(selectinload(Attempt.parts)))
    return {one.invitation_id: one for one in found if one.invitation_id is not None}


def _being_graded(assessment: Assessment) -> Select[int]:
    """The attempts of which a submission waits to be graded."""
    return (
        select(AttemptItem.attempt_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Submission, Submission.item_id == AttemptItem.id)
        .join(Job, Job.submission_id == Submission.id)
        .where(Attempt.assessment_id == assessment.id, Job.kind == JobKind.GRADE, Job.state.in_(UNFINISHED))
    )


def _row(invitation: Invitation, attempt: Attempt | None, offered: Sequence[Part], graded: Collection[int]) -> Row:
    parts = tuple(_part(part, clocks.clock(attempt, part) if attempt else None) for part in offered)
    return Row(invitation, attempt, _stage(invitation, attempt, parts, graded), parts)


def _part(part: Part, clock: AttemptPart | None) -> PartStand:
    if clock is None:
        return PartStand(part, started=False, over=False, minutes_left=None)
    if clocks.over(clock) or clock.deadline is None:
        return PartStand(part, started=True, over=clocks.over(clock), minutes_left=None)
    seconds = (clock.deadline - now()).total_seconds()
    return PartStand(part, started=True, over=False, minutes_left=max(1, -int(-seconds // 60)))


def _stage(
    invitation: Invitation, attempt: Attempt | None, parts: Sequence[PartStand], graded: Collection[int]
) -> Stage:
    if attempt is not None and all(one.over for one in parts):
        return Stage.GRADING if attempt.id in graded or attempt.finished_at is None else Stage.FINISHED
    if invitation.revoked_at:
        return Stage.WITHDRAWN
    if any(one.started and not one.over for one in parts):
        return Stage.WORKING
    if invitation.assessment.state is AssessmentState.CLOSED or clocks.closed(invitation):
        return Stage.OVERDUE
    if any(one.started for one in parts):
        return Stage.BETWEEN
    return Stage.OPENED if invitation.opened_at else Stage.INVITED


def _with_standings(rows: Sequence[Row]) -> tuple[Row, ...]:
    ended = [one.attempt for one in rows if one.attempt and one.stage in (Stage.GRADING, Stage.FINISHED)]
    known = results.standings(ended)
    return tuple(
        Row(one.invitation, one.attempt, one.stage, one.parts, known.get(one.attempt.id) if one.attempt else None)
        for one in rows
    )
