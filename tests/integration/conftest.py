"""Fixtures of the tests that need a Docker engine. Without one they fail: a skipped test is not a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.docker_runner import container_settings
from sandbox.engine import connect
from sandbox.images.build import ImageInfo, ensure_image
from sandbox.limits import STANDARD, UID, WORK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docker import DockerClient

RUN_TIMEOUT_S = 240  # a loaded machine is no reason to fail


@pytest.fixture(scope="session")
def engine() -> Iterator[DockerClient]:
    """A client of the Docker engine."""
    client = connect()
    yield client
    client.close()


@pytest.fixture(scope="session")
def candidate_image() -> ImageInfo:
    """The candidate's image, built if it is not up to date."""
    return ensure_image()


@pytest.fixture
def run_inside(engine: DockerClient, candidate_image: ImageInfo) -> Iterator[Callable[..., tuple[int, str]]]:
    """Run a Python script in a container made like a candidate's; say its exit status and what it printed."""
    made: list[str] = []

    def run(
        script: str, *arguments: str, image: str = "", user: str = f"{UID}:{UID}", **settings: Any
    ) -> tuple[int, str]:
        host = container_settings(STANDARD, "runc", candidate_image.machine)
        host |= {"log_config": {"Type": "json-file", "Config": {}}} | settings
        container = engine.api.create_container(
            image or candidate_image.tag,
            ["python", "-c", script, *arguments],
            user=user,
            working_dir=WORK,
            environment={"HOME": WORK, "USER": "candidate"},
            host_config=engine.api.create_host_config(**host),
        )["Id"]
        made.append(container)
        engine.api.start(container)
        status = engine.api.wait(container, timeout=RUN_TIMEOUT_S)["StatusCode"]
        return status, engine.api.logs(container).decode()

    yield run
    for container in made:
        engine.api.remove_container(container, force=True)
