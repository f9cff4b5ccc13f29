"""The fixtures of tests that need real HTTP, several clients at once, or programs and servers beside the app.

Copied into the kits of tasks that use them, beside ``conftest.py``. When a submission is graded, the same fixtures
reach it over a wire instead, and this file is not used.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pytest

T = TypeVar("T")
PATIENCE = 10.0  # seconds, for one answer
UP_SECONDS = 15.0
MOST_BODY = 4 << 20
PAUSE = 0.02
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


class Line(http.client.HTTPConnection):
    """An HTTP connection over a socket that somebody else opens."""

    def __init__(self, dial: Callable[[], socket.socket]) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._dial = dial

    def connect(self) -> None:
        self.sock = self._dial()
        self.sock.settimeout(PATIENCE)


class Server:
    """A web server, reached by real HTTP."""

    def __init__(self, dial: Callable[[], socket.socket]) -> None:
        self._dial = dial

    def client(self) -> Any:
        """A new client with cookies of its own; its responses are Werkzeug's. One thread at a time per client."""
        from werkzeug.test import Client

        return Client(self._serve)

    def connect(self) -> socket.socket:
        """A bare connection, for a test that writes HTTP itself. Close it, or use it with ``with``."""
        return self._dial()

    def _serve(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        headers = {key[5:].replace("_", "-").title(): value for key, value in environ.items() if key[:5] == "HTTP_"}
        for key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            if environ.get(key):
                headers[key.replace("_", "-").title()] = environ[key]
        path = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1")
        target = quote(path, safe="/!$&'()*+,;=:@~-._") + (f"?{query}" if (query := environ["QUERY_STRING"]) else "")
        body = environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") else None
        line = Line(self._dial)
        try:
            line.request(environ["REQUEST_METHOD"], target, body, headers)
            response = line.getresponse()
            content = response.read(MOST_BODY + 1)
            assert len(content) <= MOST_BODY, f"the response is longer than {MOST_BODY} bytes"
        finally:
            line.close()
        kept = [(name, value) for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP]
        start_response(f"{response.status} {response.reason}", kept)
        return [content]


def run_at_once(*calls: Callable[[], Any]) -> list[Any]:
    """The results of ``calls``, which all begin together, each in a thread of its own."""
    together = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        together.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(run, call) for call in calls]]


def wait_until(condition: Callable[[], T], seconds: float = PATIENCE) -> T:
    """What ``condition`` returns as soon as that is true, or the last it returned when ``seconds`` are over."""
    deadline = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < deadline:
        time.sleep(PAUSE)
    return value


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """``at_once(lambda: a.get("/"), lambda: b.get("/"))`` makes calls at the same time; gives their results."""
    return run_at_once


@pytest.fixture
def eventually() -> Callable[..., Any]:
    """``eventually(lambda: client.get("/job/1").json["done"])`` asks again until it is true, or time is up."""
    return wait_until


def dialler(port: int) -> Callable[[], socket.socket]:
    return lambda: socket.create_connection(("127.0.0.1", port), PATIENCE)


@pytest.fixture
def live(request: pytest.FixtureRequest) -> Iterator[Callable[..., Server]]:
    """``live()`` puts the app, or ``live(app)`` one that you made, behind a server with a thread per request."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    started = []

    def serve(app: Any = None) -> Server:
        chosen = app or request.getfixturevalue("app")
        with chosen._worker.active():
            server = make_server("127.0.0.1", 0, chosen._app, threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return Server(dialler(server.port))

    yield serve
    for server in started:
        server.shutdown()
        server.server_close()


class Program(Server):
    """A program of the submission that runs."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path, port: int | None) -> None:
        super().__init__(dialler(port or 0))
        self._process = process
        self._output = output

    @property
    def printed(self) -> str:
        """What it has printed up to now."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def signal(self, name: str, group: bool = False) -> None:
        """Sends a signal, such as ``"TERM"``; with ``group`` to all processes that it started as well."""
        number = signal.Signals[f"SIG{name}"]
        (os.killpg if group else os.kill)(self._process.pid, number)

    def wait(self, seconds: float = PATIENCE) -> int | None:
        """Its exit status, or None where it still runs after ``seconds``."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None


@pytest.fixture
def start(
    kit: dict[str, Any], environment: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Program]]:
    """``start("server")`` runs a program that ``assay.toml`` names, and gives it when it is up."""
    running: list[Program] = []

    def run(name: str, env: Mapping[str, str] | None = None) -> Program:
        settings = kit["programs"][name]
        output = tmp_path / f"{name}-{len(running)}.log"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", *shlex.split(settings["command"])],
                cwd=request.config.rootpath,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **environment, **(env or {})},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        port = settings.get("port")
        program = Program(process, output, port)
        running.append(program)

        def up() -> bool:
            if process.poll() is not None:
                return True
            if port is None:
                return settings["says"] in program.printed
            try:
                program.connect().close()
            except OSError:
                return False
            return True

        if not wait_until(up, UP_SECONDS) or process.poll() is not None:
            pytest.fail(f"{settings['command']} did not come up:\n{program.printed}", pytrace=False)
        return program

    yield run
    for program in running:
        if program.wait(0) is None:
            program.signal("KILL", group=True)
            program.wait()


class Redis:
    """A Redis server for one test."""

    def __init__(self, port: int) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"

    def execute(self, *command: str | bytes | int) -> Any:
        """What Redis answers to a command; texts come as bytes."""
        library: Any = importlib.import_module("redis")
        with library.Redis.from_url(self.url) as connection:
            return connection.execute_command(*command)


class ProviderClient:
    """An OAuth provider that a test can look into and change."""

    client_id = "assay-client"
    client_secret = "assay-client-secret"  # noqa: S105 - a made-up provider's

    def __init__(self, url: str, browser: Server, control: Server) -> None:
        self.url = url
        self._browser = browser
        self._control = control

    def set(self, **settings: Any) -> None:
        """Changes settings: ``user``, ``scopes``, ``lifetime``, ``refresh``, ``misbehave``."""
        assert self._control.client().post("/", json=settings).status_code == 200

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What it was asked, each as ``path``, ``status``, ``query``, ``form``, ``authorization``, ``answer``."""
        return list(self._control.client().get("/").json["requests"])

    def visit(self, address: str) -> Any:
        """What the provider answers when a browser goes to ``address``; no redirect is followed."""
        assert address.startswith(self.url), f"{address} is no address of the provider"
        return self._browser.client().get(address.removeprefix(self.url))


def two_free_ports() -> int:
    """The first of two ports in a row that are free."""
    while True:
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            with socket.create_server(("127.0.0.1", port + 1)):
                return port


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[ProviderClient]:
    """The OAuth provider of the task."""
    port = two_free_ports()
    program = Path(__file__).with_name("assay_provider.py")
    process = subprocess.Popen([sys.executable, str(program), str(port)], cwd=tmp_path)
    try:
        assert wait_until(lambda: answers(port) and answers(port + 1), UP_SECONDS), "the provider did not come up"
        yield ProviderClient(f"http://127.0.0.1:{port}", Server(dialler(port)), Server(dialler(port + 1)))
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def redis() -> Iterator[Redis]:
    """An empty Redis. This machine needs `redis-server`; `assay try` has it."""
    if shutil.which("redis-server") is None:
        pytest.fail("install redis-server (Debian, Ubuntu: apt install redis-server; macOS: brew install redis)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            server = Redis(port)
            wait_until(lambda: answers(port), UP_SECONDS)
            yield server
        finally:
            process.kill()
            process.wait()


def answers(port: int) -> bool:
    try:
        dialler(port)().close()
    except OSError:
        return False
    return True
