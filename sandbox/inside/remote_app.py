"""An app at the other end of a wire, used as tests use one of their own.

The examiner uses it on its side; candidate-written tests use it in their container. Both bring a ``call`` that carries
one operation to ``app_host`` and gives its answer back.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from werkzeug.test import Client


class AppRaised(Exception):
    """The app let an exception out. ``details`` has its traceback."""

    def __init__(self, kind: str, message: str, details: str = "") -> None:
        super().__init__(f"{kind}: {message}")
        self.details = details


class AppGone(Exception):
    """There was no answer: the app's process ended, or a limit was hit."""


class Call(Protocol):
    """Carries one operation to the app's process. Raises AppRaised or AppGone."""

    def __call__(self, operation: str, body: bytes = b"", **fields: Any) -> tuple[dict[str, Any], bytes]: ...


@dataclass(frozen=True)
class Rule:
    """A line of the URL map: ``rule`` as written, its ``endpoint``, and its methods without HEAD and OPTIONS."""

    rule: str
    endpoint: str
    methods: frozenset[str]


@dataclass(frozen=True)
class Result:
    """What a command did: ``output`` is all it printed, ``exception`` the repr of what it raised or ``""``."""

    exit_code: int
    output: str
    exception: str = ""


class Runner:
    """Runs commands of one app."""

    def __init__(self, probe: Callable[..., Any]) -> None:
        self._probe = probe

    def invoke(self, args: Sequence[str], input: str | None = None) -> Result:
        """Runs ``flask <args>``; ``input`` is what it reads from standard input."""
        return Result(**self._probe("invoke", args=list(args), input=input))


class RemoteApp:
    """What a test sees of an app."""

    def __init__(self, call: Call, number: int) -> None:
        self._call = call
        self._number = number

    def _probe(self, operation: str, body: bytes = b"", **fields: Any) -> Any:
        _, answer = self._call(operation, body, app=self._number, **fields)
        return json.loads(answer) if answer else None

    def _serve(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        texts = {key: value for key, value in environ.items() if isinstance(value, str)}
        body = environ["wsgi.input"].read()
        header, answer = self._call("request", body, app=self._number, environ=texts)
        start_response(header["status"], [(name, value) for name, value in header["headers"]])
        return [answer]

    def test_client(self) -> Client:
        """A new client with a cookie jar of its own; its responses are Werkzeug's."""
        return Client(self._serve)

    def test_cli_runner(self) -> Runner:
        """Runs the app's commands: ``runner.invoke(["init-db"])``."""
        return Runner(self._probe)

    def serve(self) -> int:
        """Puts the app behind a server with a thread per request; gives its port on the app's loopback."""
        header, _ = self._call("serve", app=self._number)
        return int(header["port"])

    @property
    def config(self) -> dict[str, Any]:
        """A copy of the configuration; what JSON can't carry is given as its repr."""
        return dict(self._probe("config"))

    @property
    def rules(self) -> list[Rule]:
        """The URL map."""
        return [
            Rule(rule, endpoint, frozenset(methods) - {"HEAD", "OPTIONS"})
            for rule, endpoint, methods in self._probe("rules")
        ]

    @property
    def commands(self) -> list[str]:
        """The names of the app's own CLI commands."""
        return list(self._probe("commands"))

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Calls ``"module:function"`` of the submission in an app context; arguments and result are JSON."""
        return self._probe("call", json.dumps([args, kwargs]).encode(), function=function)

    @contextlib.contextmanager
    def sql(self) -> Iterator[list[str]]:
        """Within the block statements are counted; the list that you get is filled when the block ends."""
        statements: list[str] = []
        self._probe("sql_start")
        try:
            yield statements
        finally:
            statements += self._probe("sql_stop")
