"""From failing checks to a misconception, or to silence."""

import pytest

from harness.domain.content import Expectation
from harness.domain.verdicts import Basis, Outcome, Verdict
from harness.grading.diagnosis import diagnose


def expected(misconception, must, may=(), variant=""):
    return Expectation(f"wrong/{misconception}{variant}", misconception, tuple(must), tuple(may))


def run(failed, checks="abcdefg", symptoms=None, ours=()):
    return [
        Verdict(
            check,
            "concept",
            check,
            Outcome.OURS if check in ours else Outcome.FAILED if check in failed else Outcome.PASSED,
            Basis.OBSERVED,
            symptoms=tuple((symptoms or {}).get(check, ())),
        )
        for check in checks
    ]


def named(expectations, verdicts):
    return [found.misconception for found in diagnose(expectations, verdicts)]


GLOBAL = expected("global", "ab")
CACHED = expected("cached", "c", "d")
LATE = expected("late", ["a/late"])


def test_an_exact_pattern_is_named_with_its_checks():
    found = diagnose([GLOBAL, CACHED], run("ab"))
    assert [(f.misconception, f.checks) for f in found] == [("global", ("a", "b"))]


@pytest.mark.parametrize("failed", ["c", "cd"])
def test_what_may_fail_may_or_may_not(failed):
    assert named([GLOBAL, CACHED], run(failed)) == ["cached"]


@pytest.mark.parametrize("failed", ["a", "abe", "g", "d", ""])
def test_a_pattern_that_is_not_whole_or_not_alone_is_silence(failed):
    assert named([GLOBAL, CACHED], run(failed)) == []


def test_two_defects_at_once_are_both_named():
    assert named([GLOBAL, CACHED], run("abc")) == ["global", "cached"]


def test_two_explanations_of_the_same_size_are_silence():
    assert named([expected("one", "a"), expected("two", "a", "b")], run("a")) == []


def test_one_explanation_goes_before_two():
    assert named([expected("one", "a"), expected("two", "b"), expected("both", "ab")], run("ab")) == ["both"]


def test_two_variants_of_one_misconception_are_no_rivals():
    assert named([expected("one", "a"), expected("one", "a", "b", ".lazily")], run("a")) == ["one"]


def test_a_symptom_tells_two_misconceptions_of_one_check_apart():
    early = expected("early", ["a/early"])
    assert named([LATE, early], run("a", symptoms={"a": ["late"]})) == ["late"]
    assert named([LATE, early], run("a", symptoms={"a": ["early"]})) == ["early"]
    assert named([LATE, early], run("a", symptoms={"a": ["else"]})) == []
    assert named([LATE, early], run("a")) == []


def test_nothing_is_diagnosed_while_a_verdict_is_ours():
    assert named([GLOBAL], run("ab", ours="c")) == []
