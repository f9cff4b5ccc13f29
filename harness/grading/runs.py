"""What is known when tests that a candidate wrote have run against many apps, and what it comes to. No container here.

A suite is believed about a mutant only when it passes on every right app, in two runs, and when the same test fails on
the mutant in two runs. A run ends at its first failure. Where two runs were ended by different tests, a third decides.
A run that took too long is repeated once: the machine may have been busy.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.content.hidden import ACCEPTS
from harness.domain.verdicts import Basis, Limit, LimitHit, LimitSource, Outcome, Verdict
from harness.grading.session import limit_hit
from sandbox.limits import PROFILES
from sandbox.result import Aftermath, Answer, Status

if TYPE_CHECKING:
    from harness.grading.exam import Exam

RUNS = 2
REJECTED = "The tests fail on an app that does what the brief says, so that no failure of theirs means anything."


@dataclass
class Run:
    """One run of the candidate's tests against one app."""

    subject: str
    outcomes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    exit: int | None = None
    trouble: Answer | None = None
    aftermath: Aftermath = field(default_factory=Aftermath)
    stalled: bool = False  # an app of ours did not answer in time
    seconds: float = 0.0

    @property
    def failed(self) -> frozenset[str]:
        return frozenset(name for name, outcome in self.outcomes.items() if outcome == "failed")

    @property
    def too_long(self) -> bool:
        """Whether it, or an answer it waited for, was ended by its time."""
        return self.stalled or (self.trouble is not None and self.trouble.status is Status.TIME)

    @property
    def passed(self) -> bool:
        """Every test ran and passed: a skip, or an expected failure, is no pass."""
        return self.exit == 0 and bool(self.outcomes) and set(self.outcomes.values()) == {"passed"}


class Plan:
    """Which app the tests meet next: each twice, right ones and mutants in one mixed order.

    A process can count how many came before it (by process ids, by the container's age): if the right apps came first,
    tests could pass early and fail late. What is left out is left out because it can't change a verdict any more.
    """

    def __init__(self, right: Collection[str], mutants: Collection[str], seed: str) -> None:
        self._right = frozenset(right)
        self._order = random.Random(seed)  # noqa: S311 - an order to repeat, no secret
        self._waiting = [*right, *mutants] * RUNS
        self._order.shuffle(self._waiting)
        self._repeated: set[str] = set()
        self.runs: list[Run] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def next(self) -> str | None:
        """The next app, or None when there is nothing more to find out."""
        return self._waiting.pop() if self._waiting else None

    def note(self, run: Run) -> None:
        """Takes in how a run went."""
        if run.too_long and run.subject not in self._repeated:
            self._repeated.add(run.subject)
            self._put_back(run.subject)
            return
        self.runs.append(run)
        if run.subject in self._right:
            if not run.passed:
                self._waiting.clear()  # the tests are refused, whatever else they do
        elif not run.failed:  # survived: another run can't make it killed
            self._waiting = [subject for subject in self._waiting if subject != run.subject]
        elif self._undecided([one for one in self.runs if one.subject == run.subject]):
            self._put_back(run.subject)

    def _undecided(self, runs: list[Run]) -> bool:
        return len(runs) == RUNS and not _killers(runs)

    def _put_back(self, subject: str) -> None:
        self._waiting.insert(self._order.randint(0, len(self._waiting)), subject)


def _killers(runs: list[Run]) -> frozenset[str]:
    """The tests that failed in two of the runs."""
    times = Counter(name for run in runs for name in run.failed)
    return frozenset(name for name, count in times.items() if count >= RUNS)


def verdicts_of(exam: Exam, runs: list[Run]) -> tuple[Verdict, ...]:
    """What the runs come to, a verdict per check."""
    by_subject: dict[str, list[Run]] = {name: [] for name in (*exam.hidden.right, *exam.hidden.mutants)}
    for run in runs:
        by_subject[run.subject].append(run)
    right = [run for name in exam.hidden.right for run in by_subject[name]]
    refused = any(not run.passed for run in right)
    unfinished = len(right) < RUNS * len(exam.hidden.right)
    mutants = [_mutant(exam, name, by_subject[name], refused, unfinished) for name in exam.hidden.mutants]
    return (_accepts(exam, right, unfinished), *mutants)


def _verdict(exam: Exam, check_id: str, runs: list[Run], *, passed: bool, **details: Any) -> Verdict:
    check = exam.hidden.check(check_id)
    outcome = Outcome.PASSED if passed else Outcome.FAILED
    seconds = round(sum(run.seconds for run in runs), 3)
    return Verdict(
        check.id, check.concept, check.title, outcome, Basis.SELF_REPORTED, check.points, seconds=seconds, **details
    )


def _trouble(exam: Exam, runs: list[Run]) -> LimitHit | None:
    """The first limit that stopped one of the runs."""
    limits = PROFILES[exam.task.limits]
    for run in runs:
        if run.aftermath.hits and run.exit is None:
            return limit_hit(run.aftermath.hits[0], run.aftermath.source, limits, limits.suite_time)
        if run.trouble is not None:
            return limit_hit(run.trouble.status, run.trouble.source, limits, limits.suite_time)
    return None


def _log(runs: list[Run]) -> str:
    """For graders: which tests failed on which app, and how."""
    return "\n\n".join(
        f"{run.subject}: {name}\n{run.texts.get(name, '')}" for run in runs for name in sorted(run.failed)
    )


def out_of_time(exam: Exam) -> LimitHit:
    """The tests took so long that not every run could be made."""
    seconds = PROFILES[exam.task.limits].run_time
    return LimitHit(Limit.TIME, LimitSource.HARNESS, f"{seconds:g} s for the whole submission")


def _accepts(exam: Exam, runs: list[Run], unfinished: bool) -> Verdict:
    refusing = [run for run in runs if not run.passed]
    if not refusing and unfinished:
        return _verdict(exam, ACCEPTS, runs, passed=False, limit=out_of_time(exam))
    names = ", ".join(sorted({run.subject for run in refusing}))
    return _verdict(
        exam,
        ACCEPTS,
        runs,
        passed=not refusing,
        message=f"not accepted: {names}" if refusing else "",
        traceback=_log(refusing),
        limit=_trouble(exam, refusing),
        crashed=any(run.trouble is not None and run.trouble.status is Status.CRASHED for run in refusing),
    )


def _mutant(exam: Exam, name: str, runs: list[Run], refused: bool, unfinished: bool) -> Verdict:
    if refused:
        return _verdict(exam, name, runs, passed=False, message=REJECTED)
    survived = any(not run.failed for run in runs)
    killers = _killers(runs)
    undecided = len(runs) <= RUNS and not survived and not killers
    if unfinished or undecided:
        return _verdict(exam, name, runs, passed=False, limit=out_of_time(exam))
    if killers:
        return _verdict(exam, name, runs, passed=True, traceback=_log(runs))
    ever = frozenset.union(*(run.failed for run in runs))
    message = "no test failed twice" if ever else "no test failed"
    return _verdict(exam, name, runs, passed=False, message=message, traceback=_log(runs), limit=_trouble(exam, runs))
