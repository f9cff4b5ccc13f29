"""Judges any Flask project with a plain, unchanged pytest suite, inside the project's own container.

Whatever runs beside the tests could write their results: every verdict is a claim, and the report says so.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from harness.domain.content import Concept, Domain, Level, Pool, Status, Task, TaskKind, Topic
from harness.domain.digests import files_digest
from harness.domain.errors import GradingFault
from harness.domain.verdicts import Basis, GradeResult, Outcome, StartFailure, StartProblem, Verdict
from harness.grading.session import Told, limit_hit, unheard
from sandbox.errors import SandboxError
from sandbox.limits import PROFILES, WORK
from sandbox.result import Status as Ended

if TYPE_CHECKING:
    from harness.grading.grade import Grader

TOPIC = "own-suite"
PROFILE = "large"
PRELOAD = ("flask", "pytest", "sandbox.inside.pytest_run")
FOLDER = "assay_suite"
SETTINGS_FILES = ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg", "conftest.py")
ARGUMENTS = [f"{WORK}/{FOLDER}", "--rootdir", f"{WORK}/{FOLDER}", "-q", "--tb=short"]


def grade_by_suite(
    grader: Grader, files: Mapping[str, bytes], tests: Mapping[str, bytes], told: Told = unheard
) -> GradeResult:
    """Runs ``tests`` over the project ``files``. Nothing the project does raises."""
    started, clock = datetime.now(UTC), time.monotonic()
    result = GradeResult(
        run_id=secrets.token_hex(8),
        task=f"{TOPIC}/{FOLDER}",
        task_revision=1,
        task_digest=files_digest(tests),
        submission_digest=files_digest(files),
        seed="",
        started_at=started.isoformat(timespec="seconds"),
        seconds=0.0,
        environment=grader.environment,
        claims=True,
    )
    try:
        result = _run(grader, files, tests, result, told)
    except (SandboxError, GradingFault) as error:
        result = replace(result, fault=str(error))
    return replace(result, seconds=round(time.monotonic() - clock, 3))


def _run(
    grader: Grader, files: Mapping[str, bytes], tests: Mapping[str, bytes], result: GradeResult, told: Told
) -> GradeResult:
    limits = PROFILES[PROFILE]
    box = grader.pool.acquire(PRELOAD, PROFILE)
    verdicts: list[Verdict] = []
    try:
        box.load({**files, **{f"{FOLDER}/{path}": content for path, content in tests.items()}})
        channel = box.spawn("pytest", args=_arguments(tests), env={"PYTHONPATH": WORK})
        deadline = time.monotonic() + limits.run_time
        while True:
            said = channel.receive(deadline - time.monotonic())
            if not said.finished or "done" in said.header:
                break
            verdicts.append(_verdict(said.header, said.body))
            told(verdicts[-1])
        aftermath = box.finish()
    finally:
        box.close()
    if Ended.ENGINE in (said.status, aftermath.status):
        raise GradingFault(f"the engine failed: {said.detail or aftermath.detail}")
    output = aftermath.output.decode("utf-8", "replace")
    result = replace(result, verdicts=tuple(verdicts), output=output)
    if not said.finished or not verdicts:
        status, source = (said.status, said.source) if not said.finished else (aftermath.status, aftermath.source)
        limit = limit_hit(status, source, limits, limits.run_time)
        message = (
            f"The test run did not end: {said.status} {said.detail}."
            if not said.finished
            else (
                "pytest found no tests in the suite."
                if said.header.get("done") == 5
                else "pytest could not run the suite."
            )
        )
        problem = StartProblem.LIMIT if limit else StartProblem.CRASHED
        return replace(result, start_failure=StartFailure(problem, message, "", output, limit))
    return result


def _arguments(tests: Mapping[str, bytes]) -> list[str]:
    """The suite's own settings count where it has some; the project's never do."""
    own = next((name for name in SETTINGS_FILES[:-1] if name in tests), None)
    return [*ARGUMENTS, "-c", f"{WORK}/{FOLDER}/{own}" if own else "/dev/null"]


def _verdict(header: Mapping[str, object], body: bytes) -> Verdict:
    name = str(header.get("test")).removeprefix(f"{FOLDER}/")
    passed = header.get("outcome") == "passed"
    seconds = header.get("seconds")
    return Verdict(
        check=name,
        concept=TOPIC,
        title=name,
        outcome=Outcome.PASSED if passed else Outcome.FAILED,
        basis=Basis.SELF_REPORTED,
        seconds=seconds if isinstance(seconds, float) else 0.0,
        message="" if passed else str(header.get("outcome")),
        traceback=body.decode("utf-8", "replace"),
    )


def suite_content(suite: Path, result: GradeResult) -> tuple[Task, Topic]:
    """A task and a topic that stand for the suite in a report."""
    concept = Concept(TOPIC, "What the suite checks.", "")
    topic = Topic(TOPIC, "Own suite", Domain.DEVOPS, 0, Status.PUBLISHED, {TOPIC: concept}, {}, suite)
    task = Task(
        topic=TOPIC,
        slug=re.sub(r"[^a-z0-9]+", "-", suite.name.lower()).strip("-") or hashlib.sha256(b"").hexdigest()[:8],
        title=f"The suite {suite.name}",
        summary="A pytest suite that was brought along.",
        kind=TaskKind.BUILD,
        level=Level.MID,
        minutes=0,
        pool=Pool.PRACTICE,
        status=Status.PUBLISHED,
        revision=1,
        entry="",
        preload=PRELOAD,
        packages=(),
        limits=PROFILE,
        config={},
        folder=suite,
    )
    return task, topic
