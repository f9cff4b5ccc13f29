"""Processes that live no longer than ours: started, watched, started again, ended."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
LONGEST_PAUSE = 30.0  # between two starts of something that dies again and again
STEADY_SECONDS = 60.0  # who lived so long starts without a pause
PATIENCE = 30.0  # for a child that was asked to end: a worker finishes what it grades
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


@dataclass
class Child:
    """One process. ``vital``: when it ends, everything ends."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    vital: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: PLW1509, RUF100 - there is no other thread here
            list(self.command), env=dict(self.environment), stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent
        )
        self.started = time.monotonic()

    def look(self) -> int | None:
        """The exit status of a child that has ended; a child that is not vital is started again after a pause."""
        if self.process is None:
            if time.monotonic() >= self.not_before:
                self.start()
            return None
        status = self.process.poll()
        if status is None or self.vital:
            return status
        lived = time.monotonic() - self.started
        self.pause = 0.0 if lived >= STEADY_SECONDS else min(max(1.0, self.pause * 2), LONGEST_PAUSE)
        self.not_before = time.monotonic() + self.pause
        self.process = None
        log.warning("%s ended; it starts again", self.name, extra={"exit": status, "pause": self.pause})
        return None


def _end_with_parent() -> None:
    """Has the kernel end this process when its parent dies, however that dies. Elsewhere than on Linux: nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def watch(children: Sequence[Child]) -> int:
    """Keeps the children running until one that is vital ends, or we are asked to end. Gives the exit status."""
    asked = False

    def end(number: int, frame: object) -> None:
        nonlocal asked
        asked = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        while not asked:
            for child in children:
                status = child.look()
                if status is not None:
                    log.error("%s ended", child.name, extra={"exit": status})
                    return status or 1
            time.sleep(LOOK_SECONDS)
        return 0
    finally:
        end_all(children)


def end_all(children: Sequence[Child]) -> None:
    """Asks every child to end, waits, and kills what does not."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
