"""Does a diagnosis name the right misconception for submissions that its author never saw?

``reference/<topic>/<task>/heldout/`` holds wrong solutions that were written without looking at the hidden tests. Each
is named after its misconception; what is named ``unknown`` has a defect that no pattern is for, and silence is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from harness.content.hidden import UNKNOWN, named_folders
from harness.content.trees import read_tree
from harness.domain.scores import result_score
from harness.domain.verdicts import GradeResult, Outcome

if TYPE_CHECKING:
    from harness.grading.exam import Exam
    from harness.grading.grade import Grader

ENOUGH = 0.8


class Told(StrEnum):
    """What became of one submission."""

    NAMED = "named"  # its misconception comes first; or silence, where it is unknown
    SILENT = "silent"
    OTHER = "other"  # another misconception than its own: the worst
    UNSEEN = "unseen"  # nothing failed at all
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """One such submission."""

    exam: Exam
    name: str
    folder: Path

    @property
    def misconception(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a held-out submission was told, and by which failures."""

    held: HeldOut
    told: Told
    diagnosis: tuple[str, ...]
    failed: tuple[str, ...]


def held_out(exam: Exam) -> list[HeldOut]:
    """The held-out submissions of a task."""
    return [HeldOut(exam, name, path) for name, path in named_folders(exam.reference.folder / "heldout").items()]


def judge(held: HeldOut, result: GradeResult) -> Outcomes:
    """What ``result`` says about the diagnosis."""
    diagnosis = tuple(found.misconception for found in result.diagnosis)
    failed = tuple(
        "/".join((verdict.check, *verdict.symptoms)) for verdict in result.verdicts if verdict.outcome is Outcome.FAILED
    )
    if result_score(result).value is None:
        told = Told.OURS
    elif not failed:
        told = Told.UNSEEN
    elif diagnosis:
        told = Told.NAMED if diagnosis[0] == held.misconception else Told.OTHER
    else:
        told = Told.NAMED if held.misconception == UNKNOWN else Told.SILENT
    return Outcomes(held, told, diagnosis, failed)


def try_all(
    held: Sequence[HeldOut], grader: Grader, jobs: int, step: Callable[[str], None] = lambda name: None
) -> list[Outcomes]:
    """Grades each, ``jobs`` at a time. Raises SandboxError, GradingFault."""

    def one(submission: HeldOut) -> Outcomes:
        done = judge(submission, grader.grade(submission.exam, read_tree(submission.folder)))
        step(f"{submission.exam.task.id} {submission.name}")
        return done

    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(one, held))


def table(outcomes: Iterable[Outcomes]) -> str:
    """A row per task with the counts, then each submission that was not named."""
    by_task: dict[str, Counter[Told]] = {}
    missed = []
    for outcome in outcomes:
        by_task.setdefault(outcome.held.exam.task.id, Counter())[outcome.told] += 1
        if outcome.told is not Told.NAMED:
            said = ", ".join(outcome.diagnosis) or "nothing"
            missed.append(
                f"{outcome.told}: {outcome.held.exam.task.id} heldout/{outcome.held.name} is told {said}; "
                f"it fails {', '.join(outcome.failed) or 'nothing'}"
            )
    width = max([len(name) for name in by_task] or [4])
    lines = [f"{'task':{width}}  held out" + "".join(f"{told:>8}" for told in Told)]
    for name, counts in sorted(by_task.items()):
        lines.append(f"{name:{width}}  {counts.total():>8}" + "".join(f"{counts[told]:>8}" for told in Told))
    return "\n".join([*lines, *missed])


def good_enough(outcomes: Sequence[Outcomes]) -> bool:
    """Eight of ten are named in each task, and no pattern is guessed at for a defect that has none."""
    guessed = any(o.told is Told.OTHER and o.held.misconception == UNKNOWN for o in outcomes)
    for name in {o.held.exam.task.id for o in outcomes}:
        known = [o for o in outcomes if o.held.exam.task.id == name and o.held.misconception != UNKNOWN]
        if sum(o.told is Told.NAMED for o in known) < ENOUGH * len(known):
            return False
    return not guessed
