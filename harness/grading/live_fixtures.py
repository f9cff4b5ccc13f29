"""The fixtures of hidden tests that need more than an app: real HTTP, programs, servers of ours, files.

The in-process twin is ``harness/facade/live.py``.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from harness.domain.content import Service
from harness.facade.live import PATIENCE, ProviderClient, Server, run_at_once, wait_until
from harness.grading.resp import Commands

if TYPE_CHECKING:
    from harness.grading.examiner import Examiner
    from sandbox.inside.remote_app import RemoteApp


class Way:
    """What a test asks of the surroundings."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner

    def do(self, wish: str, body: bytes = b"", **fields: Any) -> tuple[dict[str, Any], bytes]:
        return self._examiner.ask({"say": "do", "do": wish, **fields}, body)

    def dialler(self, port: int, service: str = "") -> Callable[[], socket.socket]:
        """Opens connections to a port in the submission's container, or in a service's."""
        header, _ = self.do("gateway", port=port, service=service)
        path: str = header["path"]

        def dial() -> socket.socket:
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            link.settimeout(PATIENCE)
            link.connect(path)
            return link

        return dial


class Program(Server):
    """A program of the submission that runs in its container."""

    def __init__(self, way: Way, number: int, port: int | None) -> None:
        super().__init__(way.dialler(port) if port else no_port)
        self._way = way
        self._number = number

    @property
    def printed(self) -> str:
        """What it has printed up to now, as far as it is kept."""
        _, body = self._way.do("look", number=self._number)
        return body.decode("utf-8", "replace")

    @property
    def processes(self) -> list[tuple[int, int]]:
        """``(pid, parent)`` of it and all that it started."""
        header, _ = self._way.do("look", number=self._number)
        return [(pid, parent) for pid, parent in header["processes"]]

    def signal(self, name: str, group: bool = False) -> None:
        """Sends a signal, such as ``"TERM"``; with ``group`` to all processes that it started as well."""
        self._way.do("signal", number=self._number, signal=name, group=group)

    def wait(self, seconds: float = PATIENCE) -> int | None:
        """Its exit status, or None where it still runs after ``seconds``."""
        header, _ = self._way.do("wait", number=self._number, seconds=seconds)
        return header["code"] if header["ended"] else None


def no_port() -> socket.socket:
    raise AssertionError("this program has no port in task.toml")


class ServiceSide:
    """A server of ours as a test sees it: it can look in, and take it away."""

    def __init__(self, way: Way, name: str, port: int) -> None:
        self._way = way
        self._name = name
        self.dial = way.dialler(port, name)

    def cut(self) -> None:
        """Ends the submission's connections and refuses new ones, as if the server were down."""
        self._way.do("cut", service=self._name)

    def mend(self) -> None:
        """Lets connections through again; what the server held is still there."""
        self._way.do("mend", service=self._name)

    def chunks(self) -> list[tuple[int, bytes]]:
        """What the submission sent, in order: ``(connection, bytes)``."""
        header, body = self._way.do("traffic_of", service=self._name)
        found, start = [], 0
        for connection, size in header["chunks"]:
            found.append((connection, body[start : start + size]))
            start += size
        return found


class Redis(ServiceSide):
    """The Redis server, in a container without a line of the candidate's."""

    def execute(self, *command: str | bytes | int) -> Any:
        """What Redis answers to a command of the test's own; texts come as bytes."""
        with self.dial() as link:
            return Commands.exchange(link, command)

    @property
    def commands(self) -> list[list[str]]:
        """The commands that the submission has sent: ``["SET", "key", …]``, names in capitals."""
        return Commands.parse(self.chunks())


class Provider(ProviderClient, ServiceSide):
    """The OAuth provider, in a container without a line of the candidate's; what it keeps, no submission reaches."""

    def __init__(self, way: Way) -> None:
        service = Service.PROVIDER
        ServiceSide.__init__(self, way, service.value, service.port)
        control = Server(way.dialler(service.port + 1, service.value))
        ProviderClient.__init__(self, service.address, Server(self.dial), control)


class Files:
    """Files that programs make and find: below ``/tmp`` and the submission's own folder."""

    def __init__(self, way: Way) -> None:
        self._way = way

    def read(self, path: str) -> bytes:
        """What stands in a file. Raises FileNotFoundError where it can't be read."""
        header, body = self._way.do("read", path=path)
        if not header["done"]:
            raise FileNotFoundError(header["why"])
        return body

    def write(self, path: str, content: bytes) -> None:
        """Puts a file there, in a folder that exists."""
        header, _ = self._way.do("write", content, path=path)
        assert header["done"], header["why"]


class LiveFixtures:
    """Registered as a plugin; each fixture is documented for authors in docs/adding-a-topic.md."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner
        self._way = Way(examiner)

    @pytest.fixture
    def at_once(self) -> Callable[..., list[Any]]:
        """``at_once(lambda: a.get("/"), lambda: b.get("/"))`` makes calls at the same time; gives their results."""
        return run_at_once

    @pytest.fixture
    def eventually(self) -> Callable[..., Any]:
        """``eventually(lambda: client.get("/job/1").json["done"])`` asks again until it is true, or time is up."""
        return wait_until

    @pytest.fixture
    def live(self, request: pytest.FixtureRequest) -> Callable[..., Server]:
        """``live()`` puts the app, or ``live(app)`` one that you made, behind a server with a thread per request."""

        def serve(app: RemoteApp | None = None) -> Server:
            chosen: RemoteApp = app or request.getfixturevalue("app")
            return Server(self._way.dialler(chosen.serve()))

        return serve

    @pytest.fixture
    def start(self, environment: dict[str, str]) -> Callable[..., Program]:
        """``start("server")`` runs a program that ``task.toml`` names, and gives it when it is up."""

        def run(name: str, env: Mapping[str, str] | None = None) -> Program:
            header, _ = self._way.do("start", program=name, env={**environment, **(env or {})})
            if not header["up"]:
                pytest.fail(f"{name} did not come up:\n{header['said']}", pytrace=False)
            return Program(self._way, header["number"], header["port"])

        return run

    @pytest.fixture
    def printed(self) -> Callable[..., str]:
        """``printed()`` is what the app's process has printed, standard error included."""

        def read(worker: str = "main") -> str:
            _, body = self._way.do("look", worker=worker)
            return body.decode("utf-8", "replace")

        return read

    @pytest.fixture
    def redis(self) -> Redis:
        """The Redis server of the task: ``.execute("GET", key)``, ``.commands``, ``.cut()``, ``.mend()``."""
        return Redis(self._way, Service.REDIS.value, Service.REDIS.port)

    @pytest.fixture
    def provider(self) -> Provider:
        """The OAuth provider of the task: ``.visit(address)``, ``.requests``, ``.set(…)``, ``.cut()``, ``.mend()``."""
        return Provider(self._way)

    @pytest.fixture
    def files(self) -> Files:
        """``files.read("/tmp/x")`` and ``files.write("/tmp/x", b"…")`` in the submission's container."""
        return Files(self._way)
