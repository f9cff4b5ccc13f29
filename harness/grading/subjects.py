"""Judges tests that a candidate wrote: they run in one container, the apps they run against in another.

The tests see an app's behaviour and nothing else: no source, no name, and an order that hangs on the seed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.content.trees import read_tree
from harness.domain.errors import GradingFault
from harness.domain.verdicts import (
    GradeResult,
    StartFailure,
    StartProblem,
)
from harness.grading.fixtures import DATABASE, fill
from harness.grading.runs import Plan, Run, verdicts_of
from sandbox.limits import PROFILES, WORK, Limits
from sandbox.result import Answer, Status

if TYPE_CHECKING:
    from harness.grading.exam import Exam
    from harness.grading.session import Told
    from sandbox.box import Box
    from sandbox.channel import Channel
    from sandbox.pool import Pool

TESTER_PRELOAD = ("flask", "pytest", "werkzeug.test", "sandbox.inside.pytest_run")
PYTEST_ARGUMENTS = [f"{WORK}/tests", "-c", "/dev/null", "--rootdir", WORK, "-q", "--tb=short", "--exitfirst"]
ALLOWED = {"make_app", "request", "invoke"}
PARALLEL = 2
NO_TESTS = 5  # pytest's exit status


def own_tests(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of a submission is run: ``tests/``, without the kit's conftest.py."""
    return {path: data for path, data in files.items() if path.startswith("tests/") and path != "tests/conftest.py"}


class Bench:
    """A box for the tests and a box for the apps."""

    def __init__(self, pool: Pool, exam: Exam, tests: Mapping[str, bytes]) -> None:
        self._pool, self._exam, self._tests = pool, exam, tests
        self._limits: Limits = PROFILES[exam.task.limits]
        self._tester: Box | None = None
        self._host: Box | None = None

    def run(self, subject: str, files: Mapping[str, bytes], secret: str, deadline: float) -> Run:
        """Runs the tests once against the app that ``files`` are. Raises SandboxError (ours)."""
        tester = self._tests_box()
        if self._host is None:
            self._host = self._pool.acquire(self._exam.task.preload, self._exam.task.limits)
        self._host.load(files)
        run, started = Run(subject), time.monotonic()
        channel = tester.spawn("pytest", args=PYTEST_ARGUMENTS, remote=True)
        self._serve(run, channel, secret, min(deadline, started + self._limits.suite_time))
        run.seconds = time.monotonic() - started
        self._end(run)
        return run

    def collect(self, deadline: float) -> Run:
        """Collects the tests without running one. Raises SandboxError (ours)."""
        run = Run("")
        channel = self._tests_box().spawn("pytest", args=[*PYTEST_ARGUMENTS, "--collect-only"], remote=True)
        self._serve(run, channel, "", min(deadline, time.monotonic() + self._limits.suite_time))
        self._end(run)
        return run

    def _tests_box(self) -> Box:
        if self._tester is None:
            self._tester = self._pool.acquire(TESTER_PRELOAD, self._exam.task.limits)
            self._tester.load(self._tests)
        return self._tester

    def _serve(self, run: Run, channel: Channel, secret: str, deadline: float) -> None:
        app: Channel | None = None
        while run.exit is None:
            said = channel.receive(deadline - time.monotonic())
            if not said.finished:
                run.trouble = said
                return
            header = said.header
            if header.get("call") in ALLOWED:
                app, (reply, body) = self._carry(app, header, said.body, secret)
                run.stalled |= reply.get("gone") == Status.TIME.value
                channel.send(reply, body)
            elif isinstance(header.get("test"), str) and isinstance(header.get("outcome"), str):
                run.outcomes[header["test"]] = header["outcome"]
                run.texts[header["test"]] = said.body.decode("utf-8", "replace")
            elif isinstance(header.get("done"), int):
                run.exit = header["done"]
            else:
                run.trouble = Answer(Status.PROTOCOL, detail="a frame of another form")
                return

    def _carry(
        self, app: Channel | None, header: dict[str, object], body: bytes, secret: str
    ) -> tuple[Channel | None, tuple[dict[str, object], bytes]]:
        """One operation of the app under test; each ``make_app`` is a new process with restored folders."""
        assert self._host is not None
        operation = header.pop("call")
        order = {**header, "op": operation}
        if operation == "make_app":
            self._host.finish()
            app = self._host.spawn("app")
            config = fill(self._exam.task.config, lambda: DATABASE.format(number=1), secret)
            order = {"op": operation, "entry": self._exam.task.entry, "config": config, "env": {}}
        if app is None:
            return app, ({"gone": "no app"}, b"")
        answer = app.call(order, body, seconds=self._limits.reply_time)
        if answer.finished:
            return app, (answer.header, answer.body)
        if answer.status is Status.ENGINE:
            raise GradingFault(f"the engine failed: {answer.detail}")
        return app, ({"gone": answer.status.value}, b"")

    def _end(self, run: Run) -> None:
        assert self._tester is not None
        run.aftermath = self._tester.finish()
        if Status.ENGINE in (run.aftermath.status, run.trouble.status if run.trouble else Status.FINISHED):
            raise GradingFault(f"the engine failed: {run.aftermath.detail}")
        if not run.aftermath.clean or not self._tester.alive:
            self._tester.close()
            self._tester = None
        if self._host is not None and not self._host.finish().clean:
            self._host.close()
            self._host = None

    def close(self) -> None:
        for box in (self._tester, self._host):
            if box is not None:
                box.close()


def judge_tests(
    pool: Pool, exam: Exam, files: Mapping[str, bytes], result: GradeResult, told: Told, say: Callable[[str], None]
) -> GradeResult:
    """Judges the tests in ``files``. Raises SandboxError, GradingFault (ours)."""
    tests = own_tests(files)
    if not tests:
        message = "Your submission has no folder tests/: put your tests there."
        return replace(result, start_failure=StartFailure(StartProblem.MISSING_ENTRY, message))
    judge = Judge(pool, exam, tests, result.seed)
    failure = judge.try_collecting()
    if failure is not None:
        return replace(result, start_failure=failure)
    runs = judge.run_all(say)
    verdicts = verdicts_of(exam, runs)
    for verdict in verdicts:
        told(verdict)
    return replace(result, verdicts=verdicts)


class Judge:
    """Runs the tests against many apps, a few at a time."""

    def __init__(self, pool: Pool, exam: Exam, tests: Mapping[str, bytes], seed: str) -> None:
        self._pool, self._exam, self._tests, self._seed = pool, exam, tests, seed
        self._deadline = time.monotonic() + PROFILES[exam.task.limits].run_time
        self._folders = {**exam.hidden.right, **exam.hidden.mutants}

    def try_collecting(self) -> StartFailure | None:
        """Why the tests can't be run at all, found before any app is there: a candidate may read it."""
        bench = Bench(self._pool, self._exam, self._tests)
        try:
            return _cannot_run(bench.collect(self._deadline))
        finally:
            bench.close()

    def run_all(self, say: Callable[[str], None]) -> list[Run]:
        """All runs that the plan wants, until the time of the submission is over."""
        plan = Plan(self._exam.hidden.right, self._exam.hidden.mutants, self._seed)
        lock = threading.Lock()

        def work() -> None:
            bench = Bench(self._pool, self._exam, self._tests)
            try:
                while time.monotonic() < self._deadline:
                    with lock:
                        subject = plan.next()
                        say(f"running the tests: {len(plan)} runs to go")
                    if subject is None:
                        return
                    run = bench.run(subject, read_tree(self._folders[subject]), self._seed, self._deadline)
                    if run.too_long and time.monotonic() >= self._deadline:
                        return
                    with lock:
                        plan.note(run)
            finally:
                bench.close()

        with ThreadPoolExecutor(PARALLEL) as threads:
            for future in [threads.submit(work) for _ in range(PARALLEL)]:
                future.result()
        return plan.runs


def _cannot_run(run: Run) -> StartFailure | None:
    output = run.aftermath.output.decode("utf-8", "replace")
    if run.exit == NO_TESTS:
        return StartFailure(StartProblem.MISSING_ENTRY, "pytest found no tests in tests/.", output=output)
    if run.exit == 0:
        return None
    text = "\n\n".join(run.texts.values())
    problem = StartProblem.SYNTAX_ERROR if "SyntaxError" in text else StartProblem.CRASHED
    return StartFailure(problem, "pytest could not collect your tests.", text, output)
