"""Grades a task's solutions, right and wrong, and compares what came of it with what is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harness.content.bundle import candidate_kit
from harness.content.diagnostics import Diagnostic, error
from harness.content.hidden import named_folders
from harness.content.manifest import relative
from harness.content.trees import read_tree
from harness.domain.content import Expectation, TaskKind
from harness.domain.scores import result_score
from harness.domain.verdicts import GradeResult, Limit, Outcome
from harness.grading.diagnosis import signs
from harness.grading.trial import try_public_tests

if TYPE_CHECKING:
    from harness.grading.exam import Exam
    from harness.grading.grade import Grader

STARTER = "starter"


@dataclass(frozen=True, slots=True)
class Case:
    """One solution to grade, and how to judge its result."""

    exam: Exam
    name: str
    folder: Path
    judge: Callable[[Exam, GradeResult], Iterator[str]]
    passes_public: bool = True

    @property
    def where(self) -> str:
        return relative(self.folder, self.exam.task.folder.parents[3])


def cases(exam: Exam) -> list[Case]:
    """Every solution of the task: reference, equivalents, starter, wrong ones."""
    folder = exam.reference.folder
    right = {"solution": folder / "solution"} | {
        f"equivalents/{name}": path for name, path in named_folders(folder / "equivalents").items()
    }
    listed = [Case(exam, name, path, _right) for name, path in right.items()]
    listed.append(Case(exam, STARTER, exam.task.public / "starter", _starter, passes_public=False))
    for name, path in named_folders(folder / "wrong").items():
        expectation = exam.reference.expectations.get(f"wrong/{name}")
        if expectation is not None:  # that its table is missing is found by the checks that run nothing
            listed.append(Case(exam, f"wrong/{name}", path, _wrong(expectation)))
    return listed


def prove(grader: Grader, case: Case, requirements: str) -> list[Diagnostic]:
    """Grades one case and tells what differs from its expectation. Raises SandboxError, GradingFault."""
    files = read_tree(case.folder)
    with grader.place(case.exam, files) as place:
        result = grader.grade(case.exam, files, place=place)
        if out_of_time(result):  # a busy machine is no fault of the content: once more decides
            result = grader.grade(case.exam, files, place=place)
        if result.fault or any(verdict.outcome is Outcome.OURS for verdict in result.verdicts):
            ours = [verdict.check for verdict in result.verdicts if verdict.outcome is Outcome.OURS]
            return [error(case.where, f"could not be judged, and the fault is ours: {result.fault or ours}")]
        found = [error(case.where, message) for message in case.judge(case.exam, result)]
        if case.passes_public and case.exam.task.kind is not TaskKind.TEST:
            failed = grader.public_over_the_wire(case.exam, files, place)
            found += [error(case.where, f"public tests fail over the wire: {failed}")] if failed else []
    if case.passes_public and case.exam.task.kind is not TaskKind.TEST and not case.name.startswith("wrong/"):
        found += _in_process(grader, case, files, requirements)
    return found


def out_of_time(result: GradeResult) -> bool:
    """Whether the clock had a part in any verdict."""
    start = result.start_failure.limit if result.start_failure else None
    hits = [start, *(verdict.limit for verdict in result.verdicts)]
    return any(hit is not None and hit.limit is Limit.TIME for hit in hits)


def _in_process(grader: Grader, case: Case, files: dict[str, bytes], requirements: str) -> Iterator[Diagnostic]:
    """The public tests pass with the kit's fixtures too, as on a candidate's own machine."""
    kit = candidate_kit(case.exam.task, requirements=requirements, python="3")
    ours = {path: data for path, data in kit.items() if path.startswith("tests/") or path == "assay.toml"}
    own = {path: data for path, data in files.items() if not path.startswith("tests/")}
    trial = try_public_tests(grader.pool, {**own, **ours})
    if not trial.all_passed:
        failed = [name for name, outcome, _ in trial.tests if outcome != "passed"]
        yield error(case.where, f"public tests fail in process: {failed or trial.trouble}")


def _failed(result: GradeResult) -> list[str]:
    return [verdict.check for verdict in result.verdicts if not verdict.passed]


def _start_trouble(result: GradeResult) -> Iterator[str]:
    if result.start_failure is not None:
        yield f"does not start: {result.start_failure.message}\n{result.start_failure.traceback}".strip()


def _right(exam: Exam, result: GradeResult) -> Iterator[str]:
    yield from _start_trouble(result)
    for verdict in result.verdicts:
        if not verdict.passed and result.start_failure is None:
            yield f"fails {verdict.check}: {verdict.limit or verdict.message}"


def _starter(exam: Exam, result: GradeResult) -> Iterator[str]:
    yield from _start_trouble(result)
    passed = tuple(verdict.check for verdict in result.verdicts if verdict.passed)
    if sorted(passed) != sorted(exam.reference.guards):
        yield f"passes {sorted(passed)}, but expected.toml names the guards {sorted(exam.reference.guards)}"
    if result_score(result).value != 0:
        yield f"scores {result_score(result).value}, not 0"


def _wrong(expectation: Expectation) -> Callable[[Exam, GradeResult], Iterator[str]]:
    def judge(exam: Exam, result: GradeResult) -> Iterator[str]:
        yield from _start_trouble(result)
        failed = [verdict for verdict in result.verdicts if not verdict.passed]
        shown = {sign for verdict in failed for sign in signs(verdict)}
        allowed = {*expectation.must_fail, *expectation.may_fail}
        for entry in expectation.must_fail:
            if entry not in shown:
                yield f"should fail {entry}, but does not; it fails {sorted(shown)}"
        for verdict in failed:
            if not signs(verdict) & allowed:
                yield f"fails {verdict.check}, which expected.toml does not name: {verdict.limit or verdict.message}"
        if 2 * len(failed) > len(result.verdicts):
            yield f"fails {len(failed)} of {len(result.verdicts)} checks: a known-wrong solution passes at least half"
        named = [found.misconception for found in result.diagnosis]
        if named != [expectation.misconception]:
            yield f"is diagnosed as {named or 'nothing'}, not as {expectation.misconception!r}"

    return judge
