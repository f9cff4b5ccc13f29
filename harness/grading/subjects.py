"""Judges tests that a candidate wrote: they run in one container, the apps they run against in another.

The tests see an app's behaviour and nothing else: no source, no name, and an order that hangs on the seed. A suite is
believed about a mutant only when it passes on every right app, in two runs, and when the same test fails on the mutant
in two runs.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from harness.content.hidden import ACCEPTS
from harness.content.trees import read_tree
from harness.domain.errors import GradingFault
from harness.domain.verdicts import (
    Basis,
    GradeResult,
    LimitHit,
    Outcome,
    StartFailure,
    StartProblem,
    Verdict,
)
from harness.grading.fixtures import DATABASE, fill
from harness.grading.session import Told, limit_hit
from sandbox.limits import PROFILES, WORK, Limits
from sandbox.result import Aftermath, Answer, Status

if TYPE_CHECKING:
    from harness.grading.grade import Exam
    from sandbox.box import Box, Channel
    from sandbox.pool import Pool

TESTER_PRELOAD = ("flask", "pytest", "werkzeug.test", "sandbox.inside.pytest_run")
PYTEST_ARGUMENTS = [f"{WORK}/tests", "-c", "/dev/null", "--rootdir", WORK, "-q", "--tb=short"]
ALLOWED = {"make_app", "request", "invoke"}
RUNS = 2
PARALLEL = 2
NO_TESTS = 5  # pytest's exit status
REJECTED = "The tests fail on an app that does what the brief says, so that no failure of theirs means anything."


@dataclass
class Run:
    """One run of the candidate's tests against one app."""

    subject: str
    outcomes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    exit: int | None = None
    trouble: Answer | None = None
    aftermath: Aftermath = field(default_factory=Aftermath)
    seconds: float = 0.0

    @property
    def failed(self) -> frozenset[str]:
        return frozenset(name for name, outcome in self.outcomes.items() if outcome == "failed")

    @property
    def passed(self) -> bool:
        """Every test ran and passed: a skip, or an expected failure, is no pass."""
        return self.exit == 0 and bool(self.outcomes) and set(self.outcomes.values()) == {"passed"}


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
                app, answer = self._carry(app, header, said.body, secret)
                channel.send(*answer)
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


def judge_tests(pool: Pool, exam: Exam, files: Mapping[str, bytes], result: GradeResult, told: Told) -> GradeResult:
    """Judges the tests in ``files``. Raises SandboxError, GradingFault (ours)."""
    tests = own_tests(files)
    if not tests:
        message = "Your submission has no folder tests/: put your tests there."
        return replace(result, start_failure=StartFailure(StartProblem.MISSING_ENTRY, message))
    judge = Judge(pool, exam, tests, result.seed)
    failure = judge.try_collecting()
    if failure is not None:
        return replace(result, start_failure=failure)
    runs = judge.run_all()
    right = [run for run in runs if run.subject in exam.hidden.right]
    verdicts = [_accepts(exam, right, judge.limits)]
    for name in exam.hidden.mutants:
        of_mutant = [run for run in runs if run.subject == name]
        verdicts.append(_mutant(exam, name, of_mutant, verdicts[0].passed, judge.limits))
    for verdict in verdicts:
        told(verdict)
    return replace(result, verdicts=tuple(verdicts))


class Judge:
    """Runs the tests against many apps, a few at a time, in an order that hangs on the seed."""

    def __init__(self, pool: Pool, exam: Exam, tests: Mapping[str, bytes], seed: str) -> None:
        self._pool, self._exam, self._tests, self._seed = pool, exam, tests, seed
        self._order = random.Random(seed)  # noqa: S311 - an order to repeat, no secret
        self.limits: Limits = PROFILES[exam.task.limits]
        self._deadline = time.monotonic() + self.limits.run_time
        self._folders = {**exam.hidden.right, **exam.hidden.mutants}

    def try_collecting(self) -> StartFailure | None:
        """Why the tests can't be run at all, found before any app is there: a candidate may read it."""
        bench = Bench(self._pool, self._exam, self._tests)
        try:
            return _cannot_run(bench.collect(self._deadline))
        finally:
            bench.close()

    def run_all(self) -> list[Run]:
        """Two runs against every app, right ones and mutants in one mixed order.

        A process can count how many came before it (by process ids, by the container's age): if the right apps came
        first, tests could pass early and fail late.
        """
        waiting = list(self._folders) * RUNS
        self._order.shuffle(waiting)
        lock, runs = threading.Lock(), []

        def work() -> None:
            bench = Bench(self._pool, self._exam, self._tests)
            try:
                while True:
                    with lock:
                        if not waiting:
                            return
                        subject = waiting.pop()
                    files = read_tree(self._folders[subject])
                    runs.append(bench.run(subject, files, self._seed, self._deadline))
            finally:
                bench.close()

        with ThreadPoolExecutor(PARALLEL) as threads:
            for future in [threads.submit(work) for _ in range(PARALLEL)]:
                future.result()
        return runs


def _cannot_run(run: Run) -> StartFailure | None:
    output = run.aftermath.output.decode("utf-8", "replace")
    if run.exit == NO_TESTS:
        return StartFailure(StartProblem.MISSING_ENTRY, "pytest found no tests in tests/.", output=output)
    if run.exit == 0:
        return None
    text = "\n\n".join(run.texts.values())
    problem = StartProblem.SYNTAX_ERROR if "SyntaxError" in text else StartProblem.CRASHED
    return StartFailure(problem, "pytest could not collect your tests.", text, output)


def _verdict(exam: Exam, check_id: str, *, passed: bool, message: str = "", **details: object) -> Verdict:
    check = exam.hidden.check(check_id)
    outcome = Outcome.PASSED if passed else Outcome.FAILED
    verdict = Verdict(check.id, check.concept, check.title, outcome, Basis.SELF_REPORTED, check.points, message=message)
    return replace(verdict, **details)  # type: ignore[arg-type]


def _trouble(runs: list[Run], limits: Limits) -> LimitHit | None:
    """The first limit that stopped one of the runs."""
    for run in runs:
        if run.aftermath.hits and run.exit is None:
            return limit_hit(run.aftermath.hits[0], run.aftermath.source, limits, limits.suite_time)
        if run.trouble is not None:
            return limit_hit(run.trouble.status, run.trouble.source, limits, limits.suite_time)
    return None


def _log(runs: list[Run]) -> str:
    """For graders: which tests failed on which app, and how."""
    return "\n\n".join(
        f"{run.subject}: {name}\n{run.texts.get(name, '')}" for run in runs for name in sorted(run.failed)
    )


def _accepts(exam: Exam, runs: list[Run], limits: Limits) -> Verdict:
    refusing = [run for run in runs if not run.passed]
    names = ", ".join(sorted({run.subject for run in refusing}))
    return _verdict(
        exam,
        ACCEPTS,
        passed=not refusing,
        message=f"not accepted: {names}" if refusing else "",
        traceback=_log(refusing),
        limit=_trouble(refusing, limits),
        crashed=any(run.trouble is not None and run.trouble.status is Status.CRASHED for run in refusing),
        seconds=round(sum(run.seconds for run in runs), 3),
    )


def _mutant(exam: Exam, name: str, runs: list[Run], accepted: bool, limits: Limits) -> Verdict:
    always = frozenset.intersection(*(run.failed for run in runs))
    ever = frozenset.union(*(run.failed for run in runs))
    seconds = round(sum(run.seconds for run in runs), 3)
    if not accepted:
        return _verdict(exam, name, passed=False, message=REJECTED, seconds=seconds)
    message = "" if always else "no test failed in both runs" if ever else "no test failed"
    limit = None if always else _trouble(runs, limits)
    return _verdict(
        exam, name, passed=bool(always), message=message, traceback=_log(runs), limit=limit, seconds=seconds
    )
