"""The examiner: runs a hidden suite in a fresh trusted process and says what each check came to.

It holds no credentials and no container: whatever it wants of the app it asks the harness for.
"""

from __future__ import annotations

import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.grading.fixtures import Fixtures, check_of
from harness.grading.live_fixtures import LiveFixtures
from sandbox.inside.remote_app import AppGone, AppRaised

if TYPE_CHECKING:
    from harness.grading.talk import Talk

MEMORY = 1 << 30
CPU_SECONDS = 300
MAX_TEXT = 32 * 1024
SETTINGS = Path(__file__).with_name("hidden.ini")


class Examiner:
    """The pytest plugin. ``order`` says which tests to run and what the submission is."""

    def __init__(self, talk: Talk, order: dict[str, Any]) -> None:
        self.talk = talk
        self.order = order
        self.symptoms: list[str] = []
        self._start_check()

    def _start_check(self) -> None:
        self.symptoms.clear()
        self._failure: tuple[str, str] | None = None
        self._skipped = False
        self._seconds = 0.0

    # --- the wire

    def ask(self, header: dict[str, Any], body: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Asks the harness and waits for its answer. Raises AppRaised, AppGone."""
        self.talk.send(header, body)
        frame = self.talk.receive()
        if frame is None:
            os._exit(1)  # the harness gave this examination up
        if frame.header["status"] != "finished":
            raise AppGone(f"no answer: {frame.header['status']} {frame.header['detail']}".strip())
        answer = frame.header["header"]
        if not answer.get("ok"):
            error = answer["error"]
            raise AppRaised(str(error["type"]), str(error["message"]), str(error["traceback"]))
        return answer, frame.body

    def caller(self, worker: str) -> Callable[..., tuple[dict[str, Any], bytes]]:
        """Carries operations to one process of the submission."""

        def call(operation: str, body: bytes = b"", **fields: Any) -> tuple[dict[str, Any], bytes]:
            return self.ask({"say": "call", "worker": worker, "op": operation, **fields}, body)

        return call

    # --- pytest's hooks

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "check(id, concept, points=1, seconds=None): a check that a report names")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = set(self.order["checks"])
        items[:] = [item for item in items if check_of(item) in wanted]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._start_check()
        check = check_of(item)
        self.talk.send({"say": "begin", "check": check})
        try:
            return (yield)
        finally:
            message, trace = self._failure or ("", "")
            outcome = "failed" if self._failure else "skipped" if self._skipped else "passed"
            self.talk.send(
                {"say": "verdict", "check": check, "outcome": outcome, "symptoms": self.symptoms}
                | {"seconds": round(self._seconds, 4), "message": message[:MAX_TEXT], "traceback": trace[-MAX_TEXT:]}
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        report: pytest.TestReport = yield
        self._seconds += report.duration
        if report.skipped:
            self._skipped = True
        if report.failed and self._failure is None and call.excinfo is not None:
            error = call.excinfo.value
            details = f"\n\nIn the app:\n{error.details}" if isinstance(error, AppRaised) and error.details else ""
            self._failure = (str(error) or type(error).__name__, report.longreprtext + details)
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.talk.send({"say": "fault", "text": report.longreprtext[-MAX_TEXT:]})


def limit_self() -> None:
    """What a hostile reply may make an examiner use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def examine(talk: Talk) -> None:
    """Runs in the forked process: reads its order, runs the tests; the last word is ``done``."""
    talk.send({"say": "hello", "pid": os.getpid()})
    frame = talk.receive()
    if frame is None:
        return
    order = frame.header
    try:
        limit_self()
        plugin = Examiner(talk, order)
        tests = order["tests"]
        sys.path.insert(0, order["data"])
        arguments = [tests, "-c", str(SETTINGS), "--rootdir", tests, "--capture=no", "-q", "-p", "no:cacheprovider"]
        status = pytest.main(arguments, plugins=[plugin, Fixtures(plugin), LiveFixtures(plugin)])
        talk.send({"say": "done", "status": int(status)})
    except BaseException:
        talk.send({"say": "fault", "text": traceback.format_exc()[-MAX_TEXT:]})
