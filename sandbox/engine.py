"""The one place that finds the container engine and speaks to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.errors import EngineUnavailable

if TYPE_CHECKING:
    from docker import DockerClient

DEFAULT_SOCKET = Path("/var/run/docker.sock")
CALL_TIMEOUT_S = 60

HELP = """No container engine answers ({reason}).
Start Docker, or install it: `make setup` does so as root on Debian and Ubuntu (package docker.io); on other systems
see docs/setup.md. DOCKER_HOST may name an engine elsewhere."""


def connect(timeout: float = CALL_TIMEOUT_S) -> DockerClient:
    """A client for the engine that DOCKER_HOST, the default socket or Docker's current context names."""
    import docker
    from docker.errors import DockerException

    try:
        return docker.DockerClient.from_env(timeout=int(timeout), environment=_environment())
    except DockerException as error:
        raise EngineUnavailable(HELP.format(reason=error)) from error


def _environment() -> dict[str, str]:
    """The environment, with DOCKER_HOST from Docker's current context where the default socket is missing."""
    environment = dict(os.environ)
    if "DOCKER_HOST" not in environment and not DEFAULT_SOCKET.exists():
        from docker.context import ContextAPI

        context = ContextAPI.get_current_context()
        if context.Host:
            environment["DOCKER_HOST"] = context.Host
    return environment
