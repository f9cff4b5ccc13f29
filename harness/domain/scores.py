"""Points. A guard earns nothing; its failure forfeits the points of its concept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.domain.verdicts import GradeResult, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` runs from 0 to 100, one decimal; None while a verdict is ours, because then nobody knows."""

    value: float | None
    earned: int
    possible: int


def forfeited_concepts(verdicts: Sequence[Verdict]) -> frozenset[str]:
    """The concepts whose guard failed."""
    return frozenset(v.concept for v in verdicts if v.guard and v.outcome is Outcome.FAILED)


def earns(verdict: Verdict, forfeited: frozenset[str]) -> bool:
    """Whether this verdict's points are earned."""
    return verdict.passed and not verdict.guard and verdict.concept not in forfeited


def score(verdicts: Sequence[Verdict]) -> Score:
    """The score of a run.

    100 stands only for every check passed and 0 only for nothing earned: rounding never crosses either.
    """
    forfeited = forfeited_concepts(verdicts)
    possible = sum(v.points for v in verdicts if not v.guard)
    earned = sum(v.points for v in verdicts if earns(v, forfeited))
    if not possible or any(v.outcome is Outcome.OURS for v in verdicts):
        return Score(None, earned, possible)
    value = round(100 * earned / possible, 1)
    if earned < possible:
        value = min(value, 99.9)
    if earned:
        value = max(value, 0.1)
    return Score(value, earned, possible)


def points_by_concept(result: GradeResult) -> dict[str, tuple[int, int]]:
    """Of each concept that earns points the earned and the possible ones; nothing is earned by what did not start."""
    forfeited = forfeited_concepts(result.verdicts)
    found: dict[str, tuple[int, int]] = {}
    for verdict in result.verdicts:
        if not verdict.guard:
            earned, possible = found.get(verdict.concept, (0, 0))
            gained = verdict.points if earns(verdict, forfeited) and result.start_failure is None else 0
            found[verdict.concept] = (earned + gained, possible + verdict.points)
    return found


def result_score(result: GradeResult) -> Score:
    """The score of a whole result: unknown when the fault is ours, 0 when the app did not start."""
    known = score(result.verdicts)
    if result.fault:
        return Score(None, 0, known.possible)
    if result.start_failure is not None:
        return Score(0.0, 0, known.possible)
    return known
