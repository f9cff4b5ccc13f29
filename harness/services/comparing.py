"""A cohort: all who were invited to one assessment, side by side, with the margins that say who can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.domain.margins import Margin, Rank, percentiles, ranks
from harness.services import decisions, results
from harness.services.pseudonyms import shown_name
from harness.store.base import db
from harness.store.models import Attempt, AttemptKind, AttemptPart, Decision, Invitation

if TYPE_CHECKING:
    from harness.services.results import Figures
    from harness.store.models import Assessment

STEP = 10  # percent: how wide a bar of the distribution is


class Measure(StrEnum):
    """What people are compared by; the joint one only where the assessment weighs the two others."""

    KNOW = "know"
    DO = "do"
    JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with its margin, the places that it may have, and its percentile where there are enough people."""

    value: float
    margin: Margin
    rank: Rank
    percentile: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One person. ``scores`` has those that are known; ``pending``: something waits to be graded."""

    invitation: Invitation
    attempt: Attempt | None
    name: str
    scores: dict[Measure, Scored]
    pending: bool
    decision: Decision | None
    started_at: datetime | None = None

    @property
    def ended_at(self) -> datetime | None:
        return self.attempt.finished_at if self.attempt else None

    @property
    def state(self) -> str:
        """How far they are, for who has no score yet."""
        if self.attempt is None:
            return "not started"
        if self.attempt.finished_at is None:
            return "not finished"
        return "being graded" if self.pending else "finished"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everyone, in the order that was asked for, and which measures there are."""

    people: tuple[Compared, ...]
    measures: tuple[Measure, ...]

    def scored(self, measure: Measure) -> list[Compared]:
        return [one for one in self.people if measure in one.scores]

    def distribution(self, measure: Measure) -> list[int]:
        """How many people have 0 to 10, 10 to 20 … of 100; the last bar takes 100 as well."""
        bars = [0] * (100 // STEP)
        for one in self.scored(measure):
            bars[min(int(one.scores[measure].value // STEP), len(bars) - 1)] += 1
        return bars


ORDERS: dict[str, Callable[[Compared], tuple[object, ...]]] = {
    "name": lambda one: (one.name.casefold(),),
    "ended": lambda one: (one.ended_at is None, one.ended_at, one.name.casefold()),
    "decision": lambda one: (one.decision is None, one.decision.choice.value if one.decision else "", one.name),
}


def compare(assessment: Assessment, order: str = "know") -> Cohort:
    """The cohort, the best first by the measure ``order``, or by name, end or decision. In a few queries."""
    invitations = db.session.scalars(
        select(Invitation)
        .where(Invitation.assessment_id == assessment.id, Invitation.erased_at.is_(None))
        .order_by(Invitation.id)
    ).all()
    attempts = {
        one.invitation_id: one
        for one in db.session.scalars(
            select(Attempt).where(Attempt.assessment_id == assessment.id, Attempt.kind == AttemptKind.ASSESSMENT)
        )
    }
    ended = [one for one in attempts.values() if one.finished_at is not None]
    figures = results.figures(ended, assessment.know_share)
    scores = _scores([(one.invitation_id, figures[one.id]) for one in ended])
    started = _started(assessment.id)
    decided = decisions.standing_of([one.id for one in invitations])
    people = [
        Compared(
            one,
            attempt := attempts.get(one.id),
            shown_name(one),
            scores.get(one.id, {}),
            attempt is not None and attempt.id in figures and figures[attempt.id].pending,
            decided.get(one.id),
            started.get(attempt.id) if attempt else None,
        )
        for one in invitations
    ]
    return Cohort(tuple(sorted(people, key=_key(order))), _measures(people))


def _started(assessment_id: int) -> Mapping[int, datetime]:
    """When the first clock of each attempt began to run, by the attempt."""
    chosen = select(AttemptPart.attempt_id, func.min(AttemptPart.started_at)).join(Attempt)
    chosen = chosen.where(Attempt.assessment_id == assessment_id).group_by(AttemptPart.attempt_id)
    return {row[0]: row[1] for row in db.session.execute(chosen)}


def _measures(people: Sequence[Compared]) -> tuple[Measure, ...]:
    return tuple(measure for measure in Measure if any(measure in one.scores for one in people))


def _key(order: str) -> Callable[[Compared], tuple[object, ...]]:
    if order in ORDERS:
        return ORDERS[order]
    measure = Measure(order) if order in list(Measure) else Measure.KNOW

    def best_first(one: Compared) -> tuple[object, ...]:
        known = one.scores.get(measure)
        return (known is None, -known.value if known else 0, one.name.casefold())

    return best_first


def _scores(figures: Sequence[tuple[int | None, Figures]]) -> dict[int | None, dict[Measure, Scored]]:
    found: dict[int | None, dict[Measure, Scored]] = {person: {} for person, _ in figures}
    for measure in Measure:
        known = [(person, value) for person, one in figures if (value := getattr(one, measure.value)) is not None]
        margins = [margin for _, (_, margin) in known]
        values = [value for _, (value, _) in known]
        places = zip(known, ranks(margins), percentiles(values), strict=True)
        for (person, (value, margin)), rank, percentile in places:
            found[person][measure] = Scored(value, margin, rank, percentile)
    return found
