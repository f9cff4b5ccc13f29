"""All of ``assay verify``: the checks that run nothing, then every solution and every piece of evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from harness.content.checks.run import check_library
from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative
from harness.domain.errors import ContentError
from harness.grading.exam import Exam
from harness.grading.proof.evidence import run_evidence
from harness.grading.proof.solutions import Case, cases, prove

if TYPE_CHECKING:
    from harness.content.library import Library
    from harness.domain.content import Question, Task
    from harness.grading.grade import Grader

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to prove; ``found`` holds what is known without running anything."""

    cases: tuple[Case, ...]
    questions: tuple[Question, ...]
    found: tuple[Diagnostic, ...]

    @property
    def size(self) -> int:
        return len(self.cases) + len(self.questions)


def plan(library: Library, names: Sequence[str]) -> Plan:
    """What to prove for the named topics and tasks, or for all. Raises UsageError for an unknown name."""
    tasks = _tasks(library, names)
    topics = {task.topic for task in tasks} | {name for name in names if name in library.topics}
    found = list(check_library(library, topics if names else ()))
    listed: list[Case] = []
    for task in tasks:
        try:
            listed += cases(Exam.of(task))
        except ContentError as fault:
            where = relative(task.folder, task.folder.parents[3])
            found += [] if any(f.where in str(fault) for f in found) else [error(where, str(fault))]
    questions = [q for q in library.questions.values() if not names or q.topic in topics]
    return Plan(tuple(listed), tuple(questions), tuple(found))


def _tasks(library: Library, names: Sequence[str]) -> list[Task]:
    if not names:
        return list(library.tasks.values())
    chosen: dict[str, Task] = {}
    for name in names:
        of_topic = [task for task in library.tasks.values() if task.topic == name]
        for task in of_topic or ([] if name in library.topics else [library.task(name)]):
            chosen[task.id] = task
    return list(chosen.values())


def _shares(questions: Iterable[Question], jobs: int) -> Iterator[list[Question]]:
    """Each topic's questions in as many parts as are run at once: those of one topic import the same."""
    for _, of_topic in groupby(questions, key=attrgetter("topic")):
        listed = list(of_topic)
        yield from (share for start in range(jobs) if (share := listed[start::jobs]))


def carry_out(
    plan: Plan, grader: Grader, requirements: str, jobs: int, step: Step = lambda name: None
) -> tuple[Diagnostic, ...]:
    """Runs the plan, ``jobs`` at a time; gives every finding. Raises SandboxError, GradingFault (ours)."""

    def one_case(case: Case) -> Collection[Diagnostic]:
        done = prove(grader, case, requirements)
        step(f"{case.exam.task.id} {case.name}")
        return done

    def some_questions(share: Sequence[Question]) -> Collection[Diagnostic]:
        return run_evidence(grader.pool, share, lambda question: step(question.id))

    found = list(plan.found)
    with ThreadPoolExecutor(jobs) as threads:
        futures: list[Future[Collection[Diagnostic]]] = [threads.submit(one_case, case) for case in plan.cases]
        futures += [threads.submit(some_questions, share) for share in _shares(plan.questions, jobs)]
        try:
            for future in futures:
                found += future.result()
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise
    return tuple(sorted(set(found)))
