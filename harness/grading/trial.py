"""Plain pytest over a kit, in the container: what a candidate can do at home, in the very surroundings."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.limits import PROFILES, WORK
from sandbox.result import Status

if TYPE_CHECKING:
    from sandbox.pool import Pool

PRELOAD = ("flask", "flask_sqlalchemy", "pytest", "sandbox.inside.pytest_run")
ARGUMENTS = [f"{WORK}/tests", "-c", "/dev/null", "--rootdir", WORK, "-q", "--tb=short"]
Test = tuple[str, str, str]  # name, outcome, text
NO_TESTS = 5  # pytest's exit status


@dataclass
class Trial:
    """How each test went, in order. ``trouble`` says why the run did not end, or was none."""

    tests: list[Test] = field(default_factory=list)
    trouble: str = ""
    ours: bool = False

    @property
    def passed(self) -> int:
        return sum(outcome == "passed" for _, outcome, _ in self.tests)

    @property
    def all_passed(self) -> bool:
        return bool(self.tests) and not self.trouble and self.passed == len(self.tests)


def try_public_tests(pool: Pool, files: Mapping[str, bytes], told: Callable[[Test], None] = lambda test: None) -> Trial:
    """Runs ``tests/`` of a kit once, and tells each test as it ends. Raises SandboxError when no box can be had."""
    limits = PROFILES["standard"]
    box = pool.acquire(PRELOAD)
    trial = Trial()
    try:
        box.load(files)
        channel = box.spawn("pytest", args=ARGUMENTS)
        deadline = time.monotonic() + limits.run_time
        while True:
            said = channel.receive(deadline - time.monotonic())
            if not said.finished or "done" in said.header:
                break
            header = said.header
            test = (str(header.get("test")), str(header.get("outcome")), said.body.decode("utf-8", "replace"))
            trial.tests.append(test)
            told(test)
        aftermath = box.finish()
    finally:
        box.close()
    if not said.finished:
        status = aftermath.hits[0] if said.status is Status.CRASHED and aftermath.hits else said.status
        trial.trouble = f"the run was ended: {status} {said.detail}".rstrip()
        trial.ours = status is Status.ENGINE
    elif said.header["done"] == NO_TESTS:
        trial.trouble = "pytest found no tests in tests/"
    return trial
