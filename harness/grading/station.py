"""A place to grade at: the engine, the image, boxes and examiners, ready to use and cleared away afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.domain.errors import GradingFault, UsageError
from harness.domain.verdicts import Environment
from harness.grading.forkserver import ForkServer
from harness.grading.grade import Grader
from sandbox.docker_runner import DockerRunner
from sandbox.engine import connect
from sandbox.errors import SandboxError
from sandbox.images.build import ensure_derived_image, ensure_image
from sandbox.pool import Pool

RUNTIMES = ("runc", "runsc")
MOST_LANES = 2  # more start more containers than a suite of a dozen checks makes up for


def lanes_here() -> int:
    """How many lanes make one submission's verdict come soonest on this machine."""
    return min(os.cpu_count() or 1, MOST_LANES)


@contextmanager
def station(
    runtime: str = "runc",
    spare: int = 0,
    progress: Callable[[str], None] = lambda line: None,
    requirements: Path | None = None,
    lanes: int = 1,
) -> Iterator[Grader]:
    """A grader on the local engine, with ``spare`` boxes kept started, that judges in ``lanes`` lanes.

    ``requirements`` asks for a derived image. Raises UsageError for a runtime that the engine does not have, and
    GradingFault when the engine or the image fails.
    """
    forkserver = ForkServer()
    forkserver.start()  # it imports while the engine is asked
    try:
        try:
            image = ensure_derived_image(requirements, progress) if requirements else ensure_image(progress)
            client = connect()
            if runtime != "runc" and runtime not in client.info()["Runtimes"]:
                raise UsageError(f"The engine has no runtime {runtime!r}; `assay doctor` lists those it has.")
        except SandboxError as error:
            raise GradingFault(str(error)) from error
        runner = DockerRunner(image.tag, runtime, client)
        environment = Environment(image.id, image.tag, runtime, image.python, dict(image.libraries))
        runner.sweep()
        pool = Pool(runner, spare)
        try:
            yield Grader(pool, environment, forkserver, lanes)
        finally:
            pool.close()
            client.close()
    finally:
        forkserver.close()
