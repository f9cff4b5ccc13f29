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
from harness.grading.grade import new_seed
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
    from harness.grading.trial import Test, Trial
    from harness.worker.exams import Exams
    from harness.worker.queue import Claim

IDLE_SECONDS = 0.5  # between two looks at an empty queue
SHOW_SECONDS = 0.5  # between two looks for something new to show
MOST_TESTS = 1_000  # of a run of the public tests, whose progress is written again as it grows
MOST_TEXT, MOST_TEXT_OF_ONE = 200_000, 8_000  # characters
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
        files = unpack(submission.blob.content)
        seed = new_seed(submission.item.attempt.seed, submission.digest)  # a regrade draws the same values
        db.session.rollback()  # no transaction stays open while it is graded
        if held.kind is JobKind.PUBLIC_RUN:
            kept = self._run_public_tests(held, files)
        else:
            kept = self._grade(held, files, self.exams.get(held.digest), seed)
        if not kept:
            log.warning("job lost: its lease ran out before its outcome came", extra={"job": held.job})

    def _run_public_tests(self, held: Claim, files: dict[str, bytes]) -> bool:
        """Whether the job was still ours when it was done."""
        lines: list[str] = []
        with self._beating(held, lines):
            trial = try_public_tests(self.grader.pool, files, lambda test: show(lines, test))
        if trial.ours:
            return queue.give_back(held, trial.trouble)
        return queue.complete(held, outcome_of(trial, lines))

    def _grade(self, held: Claim, files: dict[str, bytes], exam: Exam, seed: str) -> bool:
        """Whether the job was still ours when it was done."""
        lines: list[str] = []
        with self._beating(held, lines):
            result = self.grader.grade(exam, files, seed, told=lambda verdict: lines.append(verdict.check))
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
                    try:
                        with self.app.app_context():
                            queue.keep(held, lines[:shown])
                    except Exception:  # a database that is away comes back, maybe before the lease runs out
                        log.exception("could not renew the lease", extra={"job": held.job})

        thread = threading.Thread(target=beat, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def show(lines: list[str], test: Test) -> None:
    """Adds a test to a job's progress: its outcome and name, then its text, as far as there is room."""
    name, outcome, text = test
    room = min(MOST_TEXT - sum(map(len, lines)), MOST_TEXT_OF_ONE)
    if len(lines) < MOST_TESTS:
        head = f"{inert_line(outcome).partition(' ')[0]} {inert_line(name)}"
        lines.append(f"{head}\n{inert(text, room) if room > 0 else ''}")


def outcome_of(trial: Trial, lines: list[str]) -> list[str]:
    """The lines that a run leaves: its tests, and what is to be said about all of it."""
    trouble = trial.trouble
    if not trouble and len(trial.tests) > len(lines):
        trouble = f"{len(trial.tests)} tests were run; only {len(lines)} of them are shown"
    return [*lines, f"trouble {inert_line(trouble)}"] if trouble else lines


def troubled(result: GradeResult) -> bool:
    """Whether something of ours broke, so that this run says nothing about the submission."""
    return bool(result.fault) or any(verdict.outcome is Outcome.OURS for verdict in result.verdicts)
