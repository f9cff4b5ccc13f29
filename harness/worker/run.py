"""The worker's loop: takes a job, grades it while the lease is renewed, stores what came of it."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.domain.packs import unpack
from harness.domain.verdicts import Outcome
from harness.grading.trial import try_public_tests
from harness.reports.inert import inert, inert_line
from harness.store.base import db
from harness.store.models import JobKind, Submission
from harness.worker import queue

if TYPE_CHECKING:
    from flask import Flask

    from harness.domain.verdicts import GradeResult
    from harness.grading.exam import Exam
    from harness.grading.grade import Grader
    from harness.grading.trial import Test
    from harness.worker.exams import Exams
    from harness.worker.queue import Claim

IDLE_SECONDS = 0.5  # between two looks at an empty queue
SHOW_SECONDS = 0.5  # between two looks for something new to show
BEAT_SECONDS = queue.LEASE.total_seconds() / 6
log = logging.getLogger(__name__)


def worker_name() -> str:
    """Tells the workers of all machines apart, and those that had this process's number before."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


class Worker:
    """Grades one job at a time. Several may run, in one process or many."""

    def __init__(self, app: Flask, grader: Grader, exams: Exams, stopping: threading.Event | None = None) -> None:
        self.app = app
        self.grader = grader
        self.exams = exams
        self.name = worker_name()
        self.stopping = stopping or threading.Event()

    def run(self) -> None:
        """Works until ``stopping`` is set; the job in hand is finished first."""
        while not self.stopping.is_set():
            if not self.work_once():
                self.stopping.wait(IDLE_SECONDS)

    def work_once(self) -> bool:
        """Does one job; False when there was none."""
        with self.app.app_context():
            held = queue.claim(self.name)
            if held is None:
                return False
            log.info("job taken", extra={"job": held.job, "kind": held.kind, "tries": held.tries})
            try:
                self._do(held)
            except Exception as error:  # whatever broke is ours, and the next job is another one
                log.exception("job failed", extra={"job": held.job})
                queue.give_back(held, str(error))
            return True

    def _do(self, held: Claim) -> None:
        submission = db.session.get_one(Submission, held.submission)
        files, digest = unpack(submission.blob.content), submission.item.digest
        db.session.rollback()  # no transaction stays open while it is graded
        if held.kind is JobKind.PUBLIC_RUN:
            kept = self._run_public_tests(held, files)
        else:
            kept = self._grade(held, files, self.exams.get(digest))
        if not kept:
            log.warning("job lost: its lease ran out before its outcome came", extra={"job": held.job})

    def _run_public_tests(self, held: Claim, files: dict[str, bytes]) -> bool:
        """Whether the job was still ours when it was done."""
        lines: list[str] = []
        with self._beating(held, lines):
            trial = try_public_tests(self.grader.pool, files, lambda test: lines.append(line_of(test)))
        if trial.ours:
            return queue.give_back(held, trial.trouble)
        return queue.complete(held, [*lines, *([f"trouble {trial.trouble}"] if trial.trouble else [])])

    def _grade(self, held: Claim, files: dict[str, bytes], exam: Exam) -> bool:
        """Whether the job was still ours when it was done."""
        lines: list[str] = []
        with self._beating(held, lines):
            result = self.grader.grade(exam, files, told=lambda verdict: lines.append(verdict.check))
        if troubled(result):
            return queue.give_back(held, result.fault or "a check could not be judged, by our own fault")
        return queue.finish(held, result)

    @contextmanager
    def _beating(self, held: Claim, lines: list[str]) -> Iterator[None]:
        over = threading.Event()

        def beat() -> None:
            shown, beaten = 0, time.monotonic()
            while not over.wait(SHOW_SECONDS):
                if len(lines) > shown or time.monotonic() >= beaten + BEAT_SECONDS:
                    shown, beaten = len(lines), time.monotonic()
                    with self.app.app_context():
                        queue.keep(held, lines[:shown])

        thread = threading.Thread(target=beat, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def line_of(test: Test) -> str:
    """How a test stands in a job's progress: its outcome and name, then its text."""
    name, outcome, text = test
    return f"{inert_line(outcome)} {inert_line(name)}\n{inert(text)}"


def troubled(result: GradeResult) -> bool:
    """Whether something of ours broke, so that this run says nothing about the submission."""
    return bool(result.fault) or any(verdict.outcome is Outcome.OURS for verdict in result.verdicts)
