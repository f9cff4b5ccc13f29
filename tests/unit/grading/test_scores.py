"""Points, guards, and the score that nobody knows."""

from harness.domain.scores import result_score, score
from harness.domain.verdicts import Basis, Environment, GradeResult, Outcome, StartFailure, StartProblem, Verdict


def verdict(outcome, concept="c", guard=False, points=1):
    return Verdict("check", concept, "title", outcome, Basis.OBSERVED, points, guard)


P, F, OURS = Outcome.PASSED, Outcome.FAILED, Outcome.OURS


def test_points_are_weighed():
    assert score([verdict(P, points=3), verdict(F)]).value == 75.0


def test_a_guard_earns_nothing():
    assert score([verdict(P, guard=True), verdict(F)]).value == 0


def test_a_failed_guard_forfeits_its_concept_and_no_other():
    run = [verdict(F, "a", guard=True), verdict(P, "a"), verdict(P, "b")]
    assert score(run).value == 50.0


def test_a_verdict_of_ours_makes_the_score_unknown():
    assert score([verdict(P), verdict(OURS)]).value is None


def test_rounding_never_reaches_the_ends():
    assert score([verdict(P, points=9999), verdict(F)]).value == 99.9
    assert score([verdict(P), verdict(F, points=9999)]).value == 0.1


def test_a_fault_makes_the_score_unknown_whatever_the_verdicts():
    environment = Environment("", "", "", "")
    result = GradeResult("r", "t/s", 1, "", "", "", "", 0.0, environment, (verdict(P),), fault="the engine is gone")
    assert result_score(result).value is None


def test_an_app_that_did_not_start_scores_nothing_with_or_without_verdicts():
    environment = Environment("", "", "", "")
    failure = StartFailure(StartProblem.CRASHED, "no")
    for verdicts in ((), (verdict(F),)):
        result = GradeResult("r", "t/s", 1, "", "", "", "", 0.0, environment, verdicts, failure)
        assert result_score(result).value == 0
