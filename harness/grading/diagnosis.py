"""From a pattern of failures to a misconception, or to silence: never to a guess.

A known-wrong solution says which checks must fail and which may. A submission's failures *fit* a set of misconceptions
when all that must fail has failed, and nothing failed that none of them explains. The smallest fitting set is the
diagnosis, if there is just one of its size; two defects at once are looked for, three are not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.domain.verdicts import Diagnosed, Outcome, Verdict

if TYPE_CHECKING:
    from harness.domain.content import Expectation

MOST_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one known-wrong solution looks like: entries are check ids, or ``check/symptom``."""

    misconception: str
    must_fail: frozenset[str]
    may_fail: frozenset[str]

    @classmethod
    def of(cls, expectation: Expectation) -> Pattern:
        """The pattern that ``expected.toml`` states."""
        return cls(expectation.misconception, frozenset(expectation.must_fail), frozenset(expectation.may_fail))


def signs(verdict: Verdict) -> frozenset[str]:
    """What a failed check shows: its id, and its id with each symptom."""
    return frozenset({verdict.check, *(f"{verdict.check}/{symptom}" for symptom in verdict.symptoms)})


def fits(patterns: Sequence[Pattern], failed: Sequence[Verdict]) -> bool:
    """Whether these patterns together explain exactly these failures."""
    shown = frozenset(itertools.chain.from_iterable(signs(verdict) for verdict in failed))
    if not all(pattern.must_fail <= shown for pattern in patterns):
        return False
    explained = frozenset(itertools.chain.from_iterable(p.must_fail | p.may_fail for p in patterns))
    return all(signs(verdict) & explained for verdict in failed)


def needed(patterns: Sequence[Pattern], failed: Sequence[Verdict]) -> bool:
    """Whether no smaller part of ``patterns`` fits as well."""
    return not any(
        fits(part, failed) for size in range(1, len(patterns)) for part in itertools.combinations(patterns, size)
    )


def diagnose(expectations: Iterable[Expectation], verdicts: Sequence[Verdict]) -> tuple[Diagnosed, ...]:
    """The misconceptions that the failures point to; empty when none fits, or when more than one set does.

    Failures by a crash or a limit point to no misconception unless a pattern names the check.
    """
    failed = [verdict for verdict in verdicts if verdict.outcome is Outcome.FAILED]
    if not failed or any(verdict.outcome is Outcome.OURS for verdict in verdicts):
        return ()
    patterns = [Pattern.of(expectation) for expectation in expectations]
    for size in range(1, MOST_AT_ONCE + 1):
        sets = [
            group
            for group in itertools.combinations(patterns, size)
            if len({p.misconception for p in group}) == size and fits(group, failed) and needed(group, failed)
        ]
        meant = {frozenset(p.misconception for p in group) for group in sets}
        if len(meant) == 1:
            return _named(sets[0], failed)
        if meant:
            return ()
    return ()


def _named(patterns: Sequence[Pattern], failed: Sequence[Verdict]) -> tuple[Diagnosed, ...]:
    return tuple(
        Diagnosed(
            pattern.misconception,
            tuple(v.check for v in failed if signs(v) & (pattern.must_fail | pattern.may_fail)),
        )
        for pattern in patterns
    )
