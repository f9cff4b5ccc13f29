"""Forging a verdict, numbers 1 to 22, 30, 31 and 36 to 38 of the catalogue."""

from __future__ import annotations

import http.client
import io
import pickletools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from harness.domain.scores import result_score
from harness.domain.verdicts import Basis, Limit, Outcome, StartProblem
from tests.hostile.arena import GOOD, broken, submission
from tests.hostile.cases import Case, forging, queries
from tests.hostile.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from harness.domain.verdicts import GradeResult
    from tests.hostile.arena import Naive

pytestmark = pytest.mark.engine
each = pytest.mark.parametrize("case", forging.CASES, ids=lambda case: case.id)


@each
def test_nothing_is_gained(case: Case, nothing_gained: Callable[..., GradeResult]) -> None:
    nothing_gained(case.files, case.twin)


@each
def test_a_naive_grader_falls_for_it(case: Case, naive: Callable[..., Naive]) -> None:
    assert naive(case.files, **case.naive).score > naive(case.twin, **case.naive).score


def test_09_an_exit_at_import_is_a_crash(
    grade: Callable[..., GradeResult], naive: Callable[..., Naive], candidate_text: Callable[[GradeResult], str]
) -> None:
    """The app does not start, so the score is even less than its twin's; a naive grader sees exit status 0."""
    files = submission(broken("adds", extra="\nimport os\nos._exit(0)\n"))
    result = grade(files)
    assert result.start_failure
    assert result.start_failure.problem is StartProblem.CRASHED
    assert "exit status 0" in candidate_text(result)
    assert result_score(result).value == 0
    assert naive(files).score == 100 > naive(submission(broken("adds"))).score


def test_09_an_exit_in_a_view_is_a_crash_too(grade: Callable[..., GradeResult]) -> None:
    case = next(case for case in forging.CASES if case.id.startswith("09"))
    assert grade(case.files).verdict("adds").crashed


def test_13_a_forged_frame_is_a_breach_of_the_protocol(grade: Callable[..., GradeResult]) -> None:
    case = next(case for case in forging.CASES if case.id.startswith("13"))
    hit = grade(case.files).verdict("adds").limit
    assert hit
    assert hit.limit is Limit.PROTOCOL


def test_22_dropped_query_listeners_show_as_self_reported(
    grade: Callable[..., GradeResult], candidate_text: Callable[[GradeResult], str], naive: Callable[..., Naive]
) -> None:
    """Counting is the app's own word as yet, so the trick gains points; what must hold is that the report says so."""
    options = {"suite": queries.SUITE, "preload": ("flask", "flask_sqlalchemy")}
    twin, result = grade(queries.TWIN, **options), grade(queries.TRICK, **options)
    assert 0 < (result_score(twin).value or 0) < 100
    assert twin.verdict("few-queries").outcome is Outcome.FAILED
    assert result.verdict("few-queries").basis is Basis.SELF_REPORTED
    assert result.verdict("lists").basis is Basis.OBSERVED
    assert "self-reported" in candidate_text(result)
    assert naive(queries.TRICK, suite=queries.SUITE).score > naive(queries.TWIN, suite=queries.SUITE).score


STUBBORN = """

def numeral(number):
    import signal

    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.alarm(1)
    open("/tmp/hanging", "w").close()
    while True:
        time.sleep(3600)
"""


def test_36_signals_ignored_end_at_the_deadline(
    nothing_gained: Callable[..., GradeResult], naive: Callable[..., Naive]
) -> None:
    """The naive runner asks politely, and loses what the other tests had shown."""
    limits = replace(HOSTILE, reply_time=10.0)
    files = submission(GOOD + STUBBORN)
    result = nothing_gained(files, submission(broken("counts-in-roman")), limits=limits)
    hit = result.verdict("counts-in-roman").limit
    assert hit
    assert hit.limit is Limit.TIME
    assert result.verdict("leaves").passed, "the test after it is judged as ever"
    control = naive(files, flag="/tmp/hanging")
    assert control.status is None
    assert "it would not end" in control.output


class Gadget:
    """Pickled, it touches a file when it is loaded."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        import os

        return os.system, (f"touch {self.path}",)


def test_37_a_pickle_in_a_reply_is_never_loaded(nothing_gained: Callable[..., GradeResult], tmp_path: Path) -> None:
    """The control is no run, which would execute the gadget here: its opcodes show the call that loading it makes."""
    import pickle

    marker = tmp_path / "touched"
    gadget = pickle.dumps(Gadget(str(marker)))
    app = GOOD + (
        f"\nGADGET = {gadget!r}\n"
        "def total(numbers):\n    import os\n    os.write(3, GADGET)\n    return -1\n"
        "def numeral(number):\n    return GADGET, {'Content-Type': 'application/python-pickle'}\n"
    )
    result = nothing_gained(submission(app), submission(broken("adds", "counts-in-roman")))
    hit = result.verdict("adds").limit
    assert hit
    assert hit.limit is Limit.PROTOCOL
    assert not marker.exists()
    opcodes = [opcode.name for opcode, _, _ in pickletools.genops(gadget)]
    assert "REDUCE" in opcodes
    assert b"system" in gadget


SMUGGLED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nMCMXC"


def test_38_a_smuggled_response_stays_the_body_of_the_first(nothing_gained: Callable[..., GradeResult]) -> None:
    """The wire's frames have lengths of ours, so that no header splits them. Plain pytest has no stream of responses
    either: the control is a client that keeps its connection, which takes the rest for the answer to its next request.
    """
    app = GOOD + (
        f"\nSMUGGLED = {SMUGGLED!r}\n"
        "def numeral(number):\n"
        "    response = make_response(SMUGGLED)\n"
        "    del response.headers['Content-Length']\n"
        "    response.headers.add('Content-Length', '0')\n"
        "    response.headers.add('Content-Length', str(len(SMUGGLED)))\n"
        "    response.headers['Transfer-Encoding'] = 'chunked'\n"
        "    return response\n"
    )
    nothing_gained(submission(app), submission(broken("counts-in-roman")))

    class Connection(io.BytesIO):
        def makefile(self, mode: str) -> io.BytesIO:
            return self

        def close(self) -> None:
            """It is kept."""

    stream = Connection(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 45\r\n\r\n" + SMUGGLED)
    answers = []
    for _ in range(2):
        response = http.client.HTTPResponse(stream)  # type: ignore[arg-type]
        response.begin()
        answers.append(response.read())
    assert answers == [b"", b"MCMXC"]
