"""Does a suite say the same every time? Each solution is graded with many seeds, and the verdicts are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.content.diagnostics import Diagnostic, error
from harness.content.trees import read_tree
from harness.domain.verdicts import GradeResult, Outcome

if TYPE_CHECKING:
    from harness.grading.grade import Grader
    from harness.grading.proof.solutions import Case


@dataclass
class Repeats:
    """All runs of one case."""

    case: Case
    runs: int = 0
    ours: int = 0
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)  # by check

    def note(self, result: GradeResult) -> None:
        """Counts one run; one in which anything was ours is counted apart."""
        if result.fault or any(verdict.outcome is Outcome.OURS for verdict in result.verdicts):
            self.ours += 1
            return
        self.runs += 1
        for verdict in result.verdicts:
            said = "/".join((verdict.outcome, *sorted(verdict.symptoms)))
            if verdict.limit is not None:
                said += f" ({verdict.limit.limit})"
            self.outcomes.setdefault(verdict.check, Counter())[said] += 1

    @property
    def findings(self) -> list[Diagnostic]:
        """Each check that did not say the same every time."""
        return [
            error(self.case.where, f"{check} differs: " + ", ".join(f"{n} x {said}" for said, n in said.most_common()))
            for check, said in self.outcomes.items()
            if len(said) > 1
        ]


def repeat(
    cases: Sequence[Case], times: int, grader: Grader, jobs: int, step: Callable[[str], None] = lambda name: None
) -> list[Repeats]:
    """Grades every case ``times`` times, each with a seed of its own. Raises SandboxError, GradingFault."""

    def one(case: Case) -> Repeats:
        seen, files = Repeats(case), read_tree(case.folder)
        for _ in range(times):
            seen.note(grader.grade(case.exam, files))
            step(f"{case.exam.task.id} {case.name}")
        return seen

    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(one, cases))
