"""Makes the comparisons that people asked for, in a process of its own which stands back for the grading."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.services import likenesses

if TYPE_CHECKING:
    from flask import Flask

IDLE_SECONDS = 1.0  # between two looks for something to do
MOST_SECONDS = 900.0  # well within the lease
ROOT = Path(__file__).resolve().parents[2]
log = logging.getLogger(__name__)


class Trouble(Exception):
    """A comparison that came to nothing."""


class Likener:
    """Makes one comparison at a time, until ``stopping`` is set."""

    def __init__(self, app: Flask, stopping: threading.Event) -> None:
        self.app = app
        self.stopping = stopping

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                done = self.work_once()
            except Exception:  # a database that is away comes back
                log.exception("could not compare submissions")
                done = False
            if not done:
                self.stopping.wait(IDLE_SECONDS)

    def work_once(self) -> bool:
        """Makes one comparison; False when there was none to make."""
        with self.app.app_context():
            held = likenesses.claim()
            if held is None:
                return False
            try:
                found = likenesses.material(held)
                outcome = compared(found.told, self.stopping)
                likenesses.keep(held, outcome, found.left_out, found.last)
            except Exception as problem:
                log.exception("comparison failed", extra={"comparison": held.comparison})
                likenesses.give_back(held, str(problem))
            return True


def compared(told: dict[str, Any], stopping: threading.Event, most_seconds: float = MOST_SECONDS) -> dict[str, Any]:
    """What `python -m harness.likeness` makes of it. Raises Trouble."""
    with subprocess.Popen(
        [sys.executable, "-m", "harness.likeness"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT)},  # nothing of the worker's: where the database is, it need not know
        start_new_session=True,  # Ctrl-C is for the worker
    ) as process:
        said, problem = _talk(process, json.dumps(told), stopping, time.monotonic() + most_seconds)
    if process.returncode:
        raise Trouble(problem.strip().splitlines()[-1] if problem.strip() else f"it ended with {process.returncode}")
    outcome: dict[str, Any] = json.loads(said)
    return outcome


def _talk(process: subprocess.Popen[str], told: str, stopping: threading.Event, until: float) -> tuple[str, str]:
    """What it says in the end. Raises Trouble where that takes too long, or the worker is asked to end."""
    given: str | None = told
    while True:
        try:
            return process.communicate(given, timeout=IDLE_SECONDS)
        except subprocess.TimeoutExpired:
            given = None  # it has begun to be sent, and may not be given twice
            if stopping.is_set() or time.monotonic() > until:
                process.kill()
                process.communicate()
                raise Trouble("the worker was asked to end" if stopping.is_set() else "it took too long") from None
