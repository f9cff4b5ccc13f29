"""Written tests against many apps: which run comes next, and what the runs come to. No container is needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.domain.verdicts import Limit, Outcome
from harness.grading.runs import REJECTED, Plan, Run, verdicts_of
from sandbox.result import Answer, Status
from tests.hostile.cases import outcomes
from tests.hostile.cases.outcomes import make_exam

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.grading.exam import Exam

RIGHT = ("reference", "equivalent")
MUTANTS = sorted(outcomes.MUTANTS)  # as folders are read
TIME = Answer(Status.TIME)


@pytest.fixture
def exam(tmp_path: Path) -> Exam:
    return make_exam(tmp_path, "standard")


def green(subject: str) -> Run:
    return Run(subject, {"test_a": "passed", "test_b": "passed"}, exit=0)


def red(subject: str, *failed: str) -> Run:
    return Run(
        subject, {name: "failed" if name in failed else "passed" for name in ("test_a", "test_b", "test_c")}, exit=1
    )


def late(subject: str) -> Run:
    return Run(subject, {"test_a": "passed"}, trouble=TIME)


def play(seed: str, run: Callable[[str], Run]) -> Plan:
    """Carries out a plan to its end."""
    plan = Plan(RIGHT, MUTANTS, seed)
    while (subject := plan.next()) is not None:
        plan.note(run(subject))
    return plan


def killing(subject: str) -> Run:
    return green(subject) if subject in RIGHT else red(subject, "test_a")


def test_everything_is_run_twice_where_all_mutants_die() -> None:
    plan = play("s", killing)
    assert Counter(run.subject for run in plan.runs) == dict.fromkeys((*RIGHT, *MUTANTS), 2)


def test_the_order_hangs_on_the_seed_and_mixes_right_apps_with_mutants() -> None:
    orders = {tuple(run.subject for run in play(seed, killing).runs) for seed in "abcdefgh"}
    assert len(orders) == 8
    assert any(order[-1] in RIGHT for order in orders)
    assert any(order[0] in MUTANTS for order in orders)
    assert play("a", killing).runs == play("a", killing).runs


def test_a_mutant_that_survived_is_not_met_again() -> None:
    plan = play("s", green)
    assert Counter(run.subject for run in plan.runs) == dict.fromkeys(RIGHT, 2) | dict.fromkeys(MUTANTS, 1)


def test_a_refusal_by_a_right_app_ends_the_runs() -> None:
    plan = play("s", lambda subject: red(subject, "test_b"))
    assert [run.subject in RIGHT for run in plan.runs].count(True) == 1
    assert plan.runs[-1].subject in RIGHT


@pytest.mark.parametrize("slow", [late, lambda subject: replace(red(subject, "test_a"), stalled=True)])
def test_a_run_that_took_too_long_is_made_once_more(exam: Exam, slow: Callable[[str], Run]) -> None:
    times: Counter[str] = Counter()

    def run(subject: str) -> Run:
        times[subject] += 1
        return slow(subject) if subject == "reference" and times[subject] == 1 else killing(subject)

    plan = play("s", run)
    assert times == dict.fromkeys((*RIGHT, *MUTANTS), 2) | {"reference": 3}
    assert {verdict.outcome for verdict in verdicts_of(exam, plan.runs)} == {Outcome.PASSED}


def test_tests_that_always_take_too_long_are_refused_with_the_limit(exam: Exam) -> None:
    plan = play("s", lambda subject: late(subject) if subject in RIGHT else killing(subject))
    accepts, *mutants = verdicts_of(exam, plan.runs)
    assert accepts.outcome is Outcome.FAILED
    assert accepts.limit is not None
    assert accepts.limit.limit is Limit.TIME
    assert {verdict.message for verdict in mutants} == {REJECTED}


def test_killed_survived_and_killed_by_chance(exam: Exam) -> None:
    times: Counter[str] = Counter()

    def run(subject: str) -> Run:
        times[subject] += 1
        if subject == MUTANTS[0]:
            return red(subject, "test_a", "test_b") if times[subject] == 1 else red(subject, "test_b")
        if subject == MUTANTS[1]:
            return red(subject, ("test_a", "test_b", "test_c")[times[subject] - 1])
        return green(subject)

    accepts, killed, chance, survived = verdicts_of(exam, play("s", run).runs)
    assert (accepts.outcome, killed.outcome) == (Outcome.PASSED, Outcome.PASSED)
    assert (chance.outcome, chance.message) == (Outcome.FAILED, "no test failed twice")
    assert (survived.outcome, survived.message) == (Outcome.FAILED, "no test failed")


def test_where_two_runs_were_ended_by_different_tests_a_third_decides(exam: Exam) -> None:
    times: Counter[str] = Counter()

    def run(subject: str) -> Run:
        times[subject] += 1
        if subject == MUTANTS[0]:
            return red(subject, "test_b" if times[subject] == 2 else "test_a")
        return killing(subject)

    plan = play("s", run)
    assert times == dict.fromkeys((*RIGHT, *MUTANTS), 2) | {MUTANTS[0]: 3}
    assert {verdict.outcome for verdict in verdicts_of(exam, plan.runs)} == {Outcome.PASSED}
    third = max(number for number, one in enumerate(plan.runs) if one.subject == MUTANTS[0])
    limits = [verdict.limit for verdict in verdicts_of(exam, plan.runs[:third] + plan.runs[third + 1 :])]
    assert [limit.limit for limit in limits if limit] == [Limit.TIME]


def test_a_skip_or_an_expected_failure_is_no_pass(exam: Exam) -> None:
    for outcome in ("skipped", "xfailed", "xpassed"):
        plan = play("s", lambda subject, outcome=outcome: Run(subject, {"a": "passed", "b": outcome}, exit=0))
        assert verdicts_of(exam, plan.runs)[0].outcome is Outcome.FAILED


def test_when_the_time_of_the_submission_is_over_the_limit_is_named(exam: Exam) -> None:
    runs = play("s", killing).runs
    some = [run for run in runs if run.subject != "equivalent"]
    for verdict in verdicts_of(exam, some):
        assert verdict.outcome is Outcome.FAILED
        assert verdict.limit is not None
        assert "whole submission" in verdict.limit.value
    without_one = [run for run in runs if run.subject != MUTANTS[2]]
    *others, last = verdicts_of(exam, without_one)
    assert {verdict.outcome for verdict in others} == {Outcome.PASSED}
    assert last.limit is not None
