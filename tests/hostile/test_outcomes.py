"""Tests that a candidate wrote, numbers 33 to 35 of the catalogue: a kill must be earned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.domain.scores import result_score
from tests.hostile.arena import GOOD, broken, submission
from tests.hostile.cases import outcomes
from tests.hostile.conftest import HOSTILE, Profiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.domain.verdicts import GradeResult
    from harness.grading.grade import Grader
    from tests.hostile.arena import Naive

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def judge(
    graders: Callable[..., Grader], profiles: Profiles, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], GradeResult]:
    """Grades tests; what was graded already is kept."""
    exam = outcomes.make_exam(tmp_path_factory.mktemp("outcomes"), profiles.name(HOSTILE))
    kept: dict[str, GradeResult] = {}

    def run(text: str) -> GradeResult:
        if text not in kept:
            kept[text] = graders("runc").grade(exam, outcomes.tests(text))
        return kept[text]

    return run


def passed(result: GradeResult) -> set[str]:
    return {verdict.check for verdict in result.verdicts if verdict.passed}


def test_the_twin_kills_what_it_tests(judge: Callable[[str], GradeResult]) -> None:
    assert passed(judge(outcomes.TWIN)) == {"accepts-correct-apps", "adds"}
    assert result_score(judge(outcomes.TWIN)).value == 50


@pytest.mark.parametrize("trick", outcomes.TRICKS.values(), ids=outcomes.TRICKS)
def test_an_outcome_game_costs_everything(judge: Callable[[str], GradeResult], trick: str) -> None:
    """Less than the twin: tests that are no plain pass on right apps say nothing of others."""
    result = judge(outcomes.TWIN + trick)
    assert passed(result) == set()
    assert result_score(result).value == 0


@pytest.mark.parametrize("trick", outcomes.TRICKS.values(), ids=outcomes.TRICKS)
def test_a_naive_grader_counts_it_as_a_kill(naive: Callable[..., Naive], trick: str) -> None:
    """It takes a failed run for a kill, and a status of 0 for acceptance, where it asks for that at all."""
    mutant, right = submission(broken("measures")), submission(GOOD)

    def status(app: dict[str, bytes], text: str) -> int | None:
        return naive(app, suite=outcomes.tests(text)).status

    assert status(mutant, outcomes.TWIN) == 0, "the twin does not kill it"
    assert status(mutant, outcomes.TWIN + trick) == 1
    if trick != outcomes.ALWAYS_FAIL:
        assert status(right, outcomes.TWIN + trick) == 0


def test_34_coin_flips_kill_nothing(judge: Callable[[str], GradeResult]) -> None:
    """Six coins would have to fall well in each of four runs on right apps. No control: it would have to be lucky."""
    result = judge(outcomes.TWIN + outcomes.COINS)
    assert passed(result) == set()
