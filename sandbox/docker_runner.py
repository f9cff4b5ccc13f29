"""Starts boxes on a Docker engine."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import threading
from typing import TYPE_CHECKING, Any

from sandbox.box import Box
from sandbox.engine import connect
from sandbox.errors import EngineUnavailable, SandboxError
from sandbox.limits import PROFILES, TMP, UID, WORK, Limits, host_tasks
from sandbox.result import Answer, Source, Status

if TYPE_CHECKING:
    from docker import DockerClient

LABEL = "assay.box"
OWNER = f"{socket.gethostname()}:{os.getpid()}"
START_TRIES = 3
STREAM_PREFIX = struct.Struct("!BxxxI")  # the engine's own: stream number, length
STDOUT = 1


def container_settings(limits: Limits, runtime: str, machine: str) -> dict[str, Any]:
    """The host configuration of every container: what hostile code meets. Tests read the numbers from ``limits``."""
    from sandbox.seccomp import profile

    def tmpfs(size: int, inodes: int) -> str:
        return f"rw,nosuid,nodev,noexec,size={size},nr_inodes={inodes},uid={UID},gid={UID},mode=0700"

    return {
        "network_mode": "none",
        "ipc_mode": "private",
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges", "seccomp=" + json.dumps(profile(machine))],
        "read_only": True,
        "tmpfs": {WORK: tmpfs(limits.work_size, limits.work_inodes), TMP: tmpfs(limits.tmp_size, limits.tmp_inodes)},
        "mem_limit": limits.memory,
        "memswap_limit": limits.memory,
        "pids_limit": host_tasks(limits, runtime),
        "nano_cpus": int(limits.cpus * 1e9),
        "shm_size": limits.shm_size,
        "ulimits": [
            {"Name": name, "Soft": value, "Hard": value}
            for name, value in (
                ("nofile", limits.open_files),
                ("fsize", limits.file_size),
                ("core", 0),
                ("memlock", limits.locked_memory),
                ("msgqueue", 0),
            )
        ],
        "init": False,
        "log_config": {"Type": "none", "Config": {}},
        "runtime": runtime,
    }


def running(pid: int) -> bool:
    """Whether a process of this machine has that id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


class DockerTransport:
    """The attached streams of one container."""

    def __init__(self, runner: DockerRunner, container: str, attached: Any) -> None:
        self._runner = runner
        self._container = container
        self._attached = attached  # docker's wrapper closes the socket when it is collected
        self._stream: socket.socket = getattr(attached, "_sock", attached)
        self._stream.settimeout(None)
        self._left = 0
        self._wanted = False
        self._prefix = b""
        self.errors = bytearray()  # what the agent's own stderr said, for a message of ours

    def send(self, data: bytes) -> None:
        self._stream.sendall(data)

    def receive(self) -> bytes:
        while True:
            if self._left:
                data = self._stream.recv(min(self._left, 1 << 16))
                self._left -= len(data)
                if self._wanted or not data:
                    return data
                self.errors += data[: 4096 - len(self.errors)]
                continue
            data = self._stream.recv(STREAM_PREFIX.size - len(self._prefix))
            if not data:
                return b""
            self._prefix += data
            if len(self._prefix) == STREAM_PREFIX.size:
                stream, self._left = STREAM_PREFIX.unpack(self._prefix)
                self._wanted, self._prefix = stream == STDOUT, b""

    def post_mortem(self) -> Answer:
        return self._runner.post_mortem(self._container, bytes(self.errors))

    def hang_up(self) -> None:
        self._attached.close()
        self._stream.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.shutdown(socket.SHUT_RDWR)
        self._runner.remove(self._container)


class DockerRunner:
    """Makes containers of one image on one runtime. Safe to use from several threads."""

    def __init__(self, image: str, runtime: str = "runc", client: DockerClient | None = None) -> None:
        self.image = image
        self.runtime = runtime
        self.failed_starts = 0
        self._client = client or connect()
        self._owns_client = client is None
        self._machine = os.uname().machine
        self._removals: list[threading.Thread] = []

    def start(self, preload: tuple[str, ...] = (), profile: str = "standard") -> Box:
        """A started box. A start that fails is tried again twice, and counted. Raises SandboxError."""
        limits = PROFILES[profile]
        for attempt in range(1, START_TRIES + 1):
            try:
                return self._start(preload, limits)
            except EngineUnavailable:
                raise
            except (SandboxError, OSError) as error:
                self.failed_starts += 1
                if attempt == START_TRIES:
                    raise SandboxError(f"no container could be started in {START_TRIES} tries: {error}") from error
        raise AssertionError("unreachable")

    def _start(self, preload: tuple[str, ...], limits: Limits) -> Box:
        from docker.errors import DockerException

        settings = {"preload": list(preload), "work": WORK, **limits.for_agent()}
        api = self._client.api
        container = ""
        try:
            made = api.create_container(
                self.image,
                ["python", "-u", "/opt/sandbox/run.py", json.dumps(settings)],
                user=f"{UID}:{UID}",
                environment={"HOME": WORK, "USER": "candidate", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
                working_dir=WORK,
                stdin_open=True,
                tty=False,
                network_disabled=True,
                labels={LABEL: OWNER},
                host_config=api.create_host_config(**container_settings(limits, self.runtime, self._machine)),
            )
            container = made["Id"]
            stream = api.attach_socket(container, {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
            api.start(container)
        except DockerException as error:
            if container:
                self.remove(container)
            raise SandboxError(f"the engine could not start a container: {error}") from error
        transport = DockerTransport(self, container, stream)
        box = Box(transport, limits, self.runtime, self.image)
        try:
            box.greet()
        except SandboxError as error:
            said = transport.errors.decode(errors="replace").strip()
            box.close()
            raise SandboxError(f"{error}; it said: {said[-500:]}") from error
        return box

    def post_mortem(self, container: str, said: bytes) -> Answer:
        """Why a container ended. Only an engine that does not answer is ours."""
        from docker.errors import DockerException, NotFound

        try:
            self._client.api.wait(container, timeout=5)
            state = self._client.api.inspect_container(container)["State"]
        except NotFound:
            return Answer(Status.CRASHED, source=Source.ENGINE, detail="the container was removed")
        except (DockerException, OSError) as error:
            return Answer(Status.ENGINE, source=Source.ENGINE, detail=str(error))
        if state["OOMKilled"]:
            return Answer(Status.MEMORY, source=Source.ENGINE, detail="the engine saw memory run out")
        detail = f"the container ended with exit status {state['ExitCode']}"
        return Answer(Status.CRASHED, source=Source.ENGINE, detail=detail)

    def remove(self, container: str) -> None:
        """Removes a container by force, in the background."""

        def work() -> None:
            with contextlib.suppress(Exception):
                self._client.api.remove_container(container, force=True, v=True)

        thread = threading.Thread(target=work, name="box-removal")
        thread.start()
        self._removals = [thread, *(old for old in self._removals if old.is_alive())]

    def sweep(self) -> int:
        """Removes containers that an ended process of this machine left behind; gives their number."""
        from docker.errors import DockerException

        left = 0
        with contextlib.suppress(DockerException, OSError):
            for container in self._client.api.containers(all=True, filters={"label": LABEL}):
                host, _, pid = container["Labels"][LABEL].rpartition(":")
                if host == socket.gethostname() and pid.isdecimal() and not running(int(pid)):
                    self.remove(container["Id"])
                    left += 1
        return left

    def close(self) -> None:
        """Waits until every container is removed."""
        for thread in self._removals:
            thread.join()
        if self._owns_client:
            self._client.close()
