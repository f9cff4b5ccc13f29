"""Grades one submission: from files to a result. What is ours is said as ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from harness.content.markers import Check, parse, test_functions
from harness.domain.content import TaskKind
from harness.domain.digests import files_digest
from harness.domain.errors import GradingFault
from harness.domain.verdicts import (
    Basis,
    Environment,
    GradeResult,
    Limit,
    LimitHit,
    LimitSource,
    Outcome,
    StartFailure,
    Verdict,
)
from harness.grading.diagnosis import diagnose
from harness.grading.forkserver import Examination, ForkServer
from harness.grading.lane import Lane, Place, one_at_a_time, parts, side_by_side
from harness.grading.session import Boxes, Told, unheard
from harness.grading.startup import try_start
from harness.grading.subjects import judge_tests
from harness.grading.surroundings import Surroundings
from sandbox.errors import SandboxError
from sandbox.limits import PROFILES

if TYPE_CHECKING:
    from harness.content.diagnostics import Diagnostic
    from harness.grading.exam import Exam
    from harness.grading.surroundings import Server
    from sandbox.box import Box
    from sandbox.pool import Pool


def new_seed(attempt: str, submission_digest: str) -> str:
    """The seed of a run: an HMAC of attempt and submission (design, decision 6)."""
    return hmac.new(attempt.encode(), submission_digest.encode(), hashlib.sha256).hexdigest()


def unsaid(line: str) -> None:
    """For who does not want to hear how far it is."""


class Grader:
    """Grades submissions with boxes of one pool. Safe to use from several threads.

    ``lanes`` says in how many containers at once the checks of one submission are judged: more give one submission's
    verdict sooner, and cost who grades many at once a little.
    """

    def __init__(
        self, pool: Pool, environment: Environment, forkserver: ForkServer | None = None, lanes: int = 1
    ) -> None:
        self.pool = pool
        self.environment = environment
        self.lanes = lanes
        self.forkserver = forkserver or ForkServer()
        self.forkserver.start()

    def close(self) -> None:
        """Ends the examiners' server; the pool is its maker's to close."""
        self.forkserver.close()

    def grade(
        self,
        exam: Exam,
        files: Mapping[str, bytes],
        seed: str | None = None,
        told: Told = unheard,
        say: Callable[[str], None] = unsaid,
        place: Place | None = None,
    ) -> GradeResult:
        """Grades ``files``. ``told`` hears each verdict as it is made, ``say`` what takes long.

        With ``place``, which holds these files, it is done there, in one lane. Nothing a submission does raises.
        """
        run_id = secrets.token_hex(8)
        digest = files_digest(files)
        started, clock = datetime.now(UTC), time.monotonic()
        result = GradeResult(
            run_id=run_id,
            task=exam.task.id,
            task_revision=exam.task.revision,
            task_digest=exam.digest,
            submission_digest=digest,
            seed=seed or new_seed(run_id, digest),
            started_at=started.isoformat(timespec="seconds"),
            seconds=0.0,
            environment=self.environment,
        )
        try:
            if exam.task.kind is TaskKind.TEST:
                result = judge_tests(self.pool, exam, files, result, told, say)
            else:
                result = self._judge_app(exam, files, result, told, place)
        except (SandboxError, GradingFault) as error:
            result = replace(result, fault=str(error))
        verdicts = complete(exam, result)
        return replace(
            result,
            verdicts=verdicts,
            diagnosis=()
            if result.start_failure or result.fault
            else diagnose(exam.reference.expectations.values(), verdicts),
            seconds=round(time.monotonic() - clock, 3),
        )

    def public_over_the_wire(self, exam: Exam, files: Mapping[str, bytes], place: Place | None = None) -> list[str]:
        """The public tests that fail when they are run as hidden ones are. Raises SandboxError, GradingFault."""
        tests = exam.task.public / "tests"
        public = replace(exam, hidden=replace(exam.hidden, tests=tests, checks=public_checks(tests)))
        blank = GradeResult("", exam.task.id, 0, "", "", "public", "", 0.0, self.environment)
        result = self._judge_app(public, files, blank, unheard, place)
        if result.start_failure or result.fault:
            return [result.fault or "the app does not start"]
        return [verdict.check for verdict in complete(public, result) if not verdict.passed]

    @contextmanager
    def place(self, exam: Exam, files: Mapping[str, bytes]) -> Iterator[Place]:
        """Somewhere to grade ``files`` more than once: the same box serves as long as it is clean."""
        made = self._place(exam, files)
        try:
            yield made
        finally:
            made.close()

    def _place(self, exam: Exam, files: Mapping[str, bytes]) -> Place:
        boxes = Boxes(partial(self._box, exam), files)
        return Place(boxes, Surroundings(exam.task, boxes.get, self._server_box))

    def _judge_app(
        self, exam: Exam, files: Mapping[str, bytes], result: GradeResult, told: Told, place: Place | None
    ) -> GradeResult:
        limits = PROFILES[exam.task.limits]
        deadline = time.monotonic() + limits.run_time
        order = (limits, exam.hidden.checks, deadline, one_at_a_time(told))
        examine = partial(self._examine, exam, result.seed)
        lanes = [  # each examiner collects its tests while the app is tried
            Lane(examine, place or self._place(exam, files), part, order)
            for part in parts(exam.hidden.checks, 1 if place else self.lanes)
        ]
        first, *others = lanes
        failures: list[StartFailure | None] = []
        try:
            start = partial(try_start, exam.task, first.place.boxes, first.place.surroundings, limits)
            side_by_side([lambda: failures.append(start()), *(lane.place.boxes.get for lane in others)])
            if failures[0] is not None:
                return replace(result, start_failure=failures[0])
            side_by_side([partial(lane.run, files) for lane in lanes])
            verdicts = tuple(verdict for lane in lanes for verdict in lane.verdicts.values())
            if time.monotonic() > deadline:
                verdicts += tuple(out_of_time(exam, check, limits.run_time) for lane in lanes for check in lane.left)
            return replace(result, verdicts=verdicts, fault=next((lane.fault for lane in lanes if lane.fault), ""))
        finally:
            for lane in lanes:
                lane.close()
                if place is None:
                    lane.place.close()

    def _box(self, exam: Exam) -> Box:
        return self.pool.acquire(exam.task.preload, exam.task.limits)

    def _server_box(self, server: Server) -> Box:
        return self.pool.acquire(server.preload)

    def _examine(self, exam: Exam, seed: str, checks: list[str]) -> Examination:
        return self.forkserver.examine(
            {
                "tests": str(exam.hidden.tests),
                "data": str(exam.hidden.data),
                "checks": checks,
                "seed": seed,
                "entry": exam.task.entry,
                "config": dict(exam.task.config),
                "environment": dict(exam.task.environment),
            }
        )


def public_checks(tests: Path) -> tuple[Check, ...]:
    """The public tests as checks that are named after their functions."""
    faults: list[Diagnostic] = []
    return tuple(
        Check(function.name, "", function.name, 1, None, path.name, function.lineno)
        for path in sorted(tests.rglob("test_*.py"))
        for function in test_functions(parse(path, tests, faults))
    )


def out_of_time(exam: Exam, check_id: str, seconds: float) -> Verdict:
    """The verdict of a check that the submission left no time for."""
    check = exam.hidden.check(check_id)
    hit = LimitHit(Limit.TIME, LimitSource.HARNESS, f"{seconds:g} s for the whole submission")
    return Verdict(check.id, check.concept, check.title, Outcome.FAILED, Basis.OBSERVED, check.points, limit=hit)


def complete(exam: Exam, result: GradeResult) -> tuple[Verdict, ...]:
    """A verdict for every check, in the suite's order, guards marked; one that was never reached is ours.

    Where the app did not start, every check has failed.
    """
    known = {verdict.check: verdict for verdict in result.verdicts}
    outcome = Outcome.FAILED if result.start_failure else Outcome.OURS
    limit = result.start_failure.limit if result.start_failure else None
    verdicts = []
    for check in exam.hidden.checks:
        verdict = known.get(check.id) or Verdict(
            check.id, check.concept, check.title, outcome, Basis.OBSERVED, check.points, limit=limit
        )
        verdicts.append(replace(verdict, guard=check.id in exam.reference.guards))
    return tuple(verdicts)
