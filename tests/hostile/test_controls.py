"""The positive controls: what right answers may well bring along must cost them nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.domain.scores import result_score
from tests.hostile.arena import GOOD, broken, submission

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.engine

HARMLESS = {
    "own-conftest": submission(
        GOOD, {"conftest.py": "import pytest\n\n@pytest.fixture\ndef client():\n    return 7\n"}
    ),
    "noise": submission(GOOD + "\nprint('made', 'noise', file=sys.stderr)\nprint('5 passed')\n" * 50),
    "own-tests": submission(
        GOOD,
        {
            "tests/__init__.py": "",
            "tests/conftest.py": "raise RuntimeError('not here')\n",
            "tests/test_all.py": "def test_all():\n    assert False\n",
        },
    ),
    "atexit": submission(GOOD + "\nimport atexit\natexit.register(print, 'bye')\n"),
    "log-file": submission(
        GOOD + "\nimport logging\nlogging.basicConfig(filename='app.log', level='DEBUG')\nlogging.info('started')\n"
    ),
}


@pytest.mark.parametrize("files", HARMLESS.values(), ids=HARMLESS)
def test_a_right_answer_scores_full_marks(grade: Callable, files: dict[str, bytes]) -> None:
    result = grade(files)
    assert result_score(result).value == 100, [(v.check, v.message) for v in result.verdicts if not v.passed]


def test_the_naive_grader_is_a_fair_one(naive: Callable) -> None:
    """Without a trick it agrees with ours, or it would be no control."""
    assert naive(submission(GOOD)).score == 100
    assert round(naive(submission(broken("adds", "counts-in-roman"))).score, 1) == 71.4
