"""Stealing the hidden tests, numbers 39 to 49 of the catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from harness.domain.scores import result_score
from harness.domain.verdicts import StartProblem
from tests.hostile.arena import GOOD, broken, submission
from tests.hostile.cases import Case, forging, stealing

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.domain.verdicts import GradeResult
    from tests.hostile.arena import Canaries, Naive

pytestmark = pytest.mark.engine
each_theft = pytest.mark.parametrize("case", stealing.CASES, ids=lambda case: case.id)
each_tale = pytest.mark.parametrize("case", stealing.TALES, ids=lambda case: case.id)


def all_of(result: GradeResult) -> str:
    """All that a grader can see: what a thief prints would stand here."""
    return repr(result)


@each_theft
def test_there_is_nothing_to_steal(
    case: Case, nothing_gained: Callable[..., GradeResult], canaries: Canaries, runtimes: tuple[str, ...]
) -> None:
    for runtime in runtimes if case.id in stealing.ON_EVERY_RUNTIME else runtimes[:1]:
        result = nothing_gained(case.files, case.twin, runtime=runtime)
        printed = result.verdict("counts-in-roman").output
        assert "NOTHING FOUND" in printed, printed
        assert "STOLEN" not in printed
        assert "OPEN" not in printed
        assert not {"source", "data"} & set(canaries.found_in(printed))


@each_theft
def test_a_naive_grader_is_robbed(case: Case, naive: Callable[..., Naive], canaries: Canaries) -> None:
    control = naive(case.files, **case.naive)
    assert control.score > naive(case.twin).score
    assert "STOLEN" in control.output


def test_40_a_frame_of_ours_holds_no_canary(grade: Callable[..., GradeResult], naive: Callable[..., Naive]) -> None:
    """The naive grader's frames hold the very source of the tests."""
    case = next(case for case in stealing.CASES if case.id.startswith("40"))
    assert "'password': 'canary" in naive(case.files).output
    assert "password" not in grade(case.files).verdict("counts-in-roman").output


@each_tale
def test_what_an_app_tells_of_a_request_is_not_shown_to_the_candidate(
    case: Case, nothing_gained: Callable[..., GradeResult], canaries: Canaries
) -> None:
    """That the grader does see it shows that the app had it to tell."""
    result = nothing_gained(case.files, case.twin)
    if not case.id.startswith("45-request-log"):  # a body's text is not among what an assertion on its JSON shows
        assert canaries.found_in(all_of(result)) == ["sent"]


@each_tale
def test_a_naive_grader_shows_it_all(case: Case, naive: Callable[..., Naive], canaries: Canaries) -> None:
    assert "sent" in canaries.found_in(naive(case.files).output)


def test_46_a_failed_start_may_be_shown_whole(
    grade: Callable[..., GradeResult],
    candidate_text: Callable[[GradeResult], str],
    naive: Callable[..., Naive],
    canaries: Canaries,
) -> None:
    """An app that fails to start with all that it finds in its message: nothing hidden is there yet to be found.

    Its score is 0, so that it has no twin.
    """
    files = submission(GOOD + stealing.START_EXFIL)
    result = grade(files)
    assert result.start_failure
    assert result.start_failure.problem is StartProblem.CRASHED
    shown = candidate_text(result)
    assert "SECRET_KEY" in shown
    assert not canaries.found_in(shown)
    assert not canaries.found_in(all_of(result))
    control = naive(files, arguments=("tests", "-rA", "-k", "greets"))
    assert set(canaries.found_in(control.output)) >= {"data", "sent"}


def test_47_bits_of_one_run_are_worth_nothing_in_the_next(
    grade: Callable[..., GradeResult], naive: Callable[..., Naive]
) -> None:
    """An app that is right only where a hidden number is even tells a bit by its verdict. The next run draws anew:
    a bit that was learned fits by chance alone. The naive grader draws the same again, so that bits add up.
    """
    telling = submission(GOOD + "\n\ndef total(numbers):\n    assert numbers[0] % 2\n    return sum(numbers)\n")
    runs = [grade(telling, seed=str(number)) for number in range(4)]
    assert {run.verdict("adds").passed for run in runs} == {True, False}, "the bit differs from run to run"
    assert grade(telling).seed != grade(telling, again=True).seed
    honest = result_score(grade(submission(GOOD))).value or 0
    assert all((result_score(run).value or 0) <= honest for run in runs)
    odd = forging.public_numbers()[0] % 2
    assert ("PASSED tests/test_all.py::test_adds" in naive(telling).output) == bool(odd)


SLEEPY = """

def total(numbers):
    time.sleep(1.5 if numbers[0] >= 1000 else 0)
    return -1
"""


def test_48_timings_shown_are_too_coarse_to_carry_bits(
    nothing_gained: Callable[..., GradeResult],
    candidate_text: Callable[[GradeResult], str],
    naive: Callable[..., Naive],
) -> None:
    """A candidate is told whole seconds of the whole run, of which a machine's load decides more than a sleep."""
    files, twin = submission(GOOD + SLEEPY), submission(broken("adds"))
    result = nothing_gained(files, twin)
    slow = result.verdict("adds")
    assert slow.seconds > 1
    awake = tuple(replace(verdict, seconds=0.001) for verdict in result.verdicts)
    assert candidate_text(result) == candidate_text(replace(result, verdicts=awake)), "no check's own time is shown"
    whole = int(result.seconds)
    assert candidate_text(replace(result, seconds=whole + 0.1)) == candidate_text(replace(result, seconds=whole + 0.9))
    told = re.search(r'name="test_adds" time="([\d.]+)"', naive(files).results)
    assert told
    assert float(told[1]) > 1


def test_49_nothing_leaves_the_container(nothing_gained: Callable[..., GradeResult]) -> None:
    case = stealing.EXFILTRATION
    assert case.uncontrolled
    printed = nothing_gained(case.files, case.twin).verdict("counts-in-roman").output
    assert "DENIED name" in printed
    assert "SENT" not in printed
    assert "interfaces ['lo']" in printed
