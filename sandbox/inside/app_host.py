"""The program ``app``: imports the submission, makes its apps, and answers requests and probes.

This is the closed set of probes. Whatever it answers is the word of the candidate's own process.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

from sandbox.inside.link import MAX_BODY, Link, describe
from sandbox.wire import Frame

Reply = tuple[dict[str, Any], bytes]


class Unfit(Exception):
    """The entry point is missing or is no Flask app; ``kind`` says which."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class TooLong(Exception):
    """A response that does not end within what a frame can carry."""


def plain(value: Any) -> Any:
    """``value`` if JSON can carry it, else its repr."""
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError, RecursionError):
        return repr(value)


def import_module(name: str) -> ModuleType:
    """The submission's module. Raises Unfit when the module itself is missing."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(error.name + ".")):
            raise Unfit("missing-entry", f"there is no module {name!r}") from None
        raise


def find(reference: str) -> Any:
    """What ``"module:name"`` means. Raises Unfit when it does not exist."""
    module_name, _, attribute = reference.partition(":")
    module = import_module(module_name)
    try:
        return getattr(module, attribute)
    except AttributeError:
        raise Unfit("missing-entry", f"{module_name!r} has no {attribute!r}") from None


def kind_of(error: BaseException) -> str:
    """How a failed start is named."""
    if isinstance(error, Unfit):
        return error.kind
    if isinstance(error, SyntaxError):
        return "syntax-error"
    if isinstance(error, ModuleNotFoundError):
        return "missing-package"
    return "crashed"


class AppHost:
    """Holds the apps of one process and serves one call at a time."""

    def __init__(self) -> None:
        self.apps: list[Any] = []
        self.statements: list[str] | None = None
        self._listening = False
        self._travel: Any = None

    def answer(self, frame: Frame) -> Reply:
        """The reply to one call; what the submission raises becomes data."""
        header = frame.header
        operation: Callable[[dict[str, Any], bytes], Reply] = getattr(self, "do_" + header["op"])
        try:
            reply, body = operation(header, frame.body)
            return {"id": header["id"], "ok": True} | reply, body
        except TooLong as error:
            return {"id": header["id"], "ok": False, "error": describe(error, "output")}, b""
        except BaseException as error:
            kind = kind_of(error) if header["op"] == "make_app" else "raised"
            return {"id": header["id"], "ok": False, "error": describe(error, kind)}, b""

    def do_make_app(self, header: dict[str, Any], body: bytes) -> Reply:
        os.environ.update(header["env"])
        config = header["config"]
        entry = find(header["entry"])
        if hasattr(entry, "wsgi_app") and not isinstance(entry, type):
            app = entry
            app.config.update(config)
        elif callable(entry):
            app = entry(config)
        else:
            raise Unfit("not-an-app", f"{header['entry']!r} is neither a Flask app nor a function that makes one")
        if not hasattr(app, "wsgi_app"):
            raise Unfit("not-an-app", f"{header['entry']!r} gave {type(app).__name__}, not a Flask app")
        self.apps.append(app)
        return {"app": len(self.apps) - 1}, b""

    def do_request(self, header: dict[str, Any], body: bytes) -> Reply:
        environ = {
            **header["environ"],
            "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        started: list[Any] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], None]:
            started[:] = [status, headers]
            return parts.append

        parts: list[bytes] = []
        size = 0
        answer = self.apps[header["app"]](environ, start_response)
        try:
            for part in answer:
                parts.append(part)
                size += len(part)
                if size > MAX_BODY:
                    raise TooLong(f"the response is longer than {MAX_BODY} bytes")
        finally:
            with suppress(AttributeError):
                answer.close()
        status, headers = started
        return {"status": str(status), "headers": [[str(k), str(v)] for k, v in headers]}, b"".join(parts)

    def do_serve(self, header: dict[str, Any], body: bytes) -> Reply:
        """Puts the app behind a server with a thread per request, on the loopback, for as long as the process lives."""
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                pass

        server = make_server("127.0.0.1", 0, self.apps[header["app"]], threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return {"port": server.port}, b""

    def do_config(self, header: dict[str, Any], body: bytes) -> Reply:
        config = self.apps[header["app"]].config
        return {}, json.dumps({str(key): plain(value) for key, value in config.items()}).encode()

    def do_rules(self, header: dict[str, Any], body: bytes) -> Reply:
        rules = self.apps[header["app"]].url_map.iter_rules()
        return {}, json.dumps([[r.rule, r.endpoint, sorted(r.methods or ())] for r in rules]).encode()

    def do_commands(self, header: dict[str, Any], body: bytes) -> Reply:
        return {}, json.dumps(sorted(self.apps[header["app"]].cli.commands)).encode()

    def do_invoke(self, header: dict[str, Any], body: bytes) -> Reply:
        runner = self.apps[header["app"]].test_cli_runner()
        done = runner.invoke(args=header["args"], input=header["input"])
        failed = done.exception is not None and not isinstance(done.exception, SystemExit)
        result = {"exit_code": done.exit_code, "output": done.output}
        return {}, json.dumps(result | {"exception": repr(done.exception) if failed else ""}).encode()

    def do_call(self, header: dict[str, Any], body: bytes) -> Reply:
        args, kwargs = json.loads(body)
        with self.apps[header["app"]].app_context():
            return {}, json.dumps(find(header["function"])(*args, **kwargs)).encode()

    def do_sql_start(self, header: dict[str, Any], body: bytes) -> Reply:
        if not self._listening:
            from sqlalchemy import event
            from sqlalchemy.engine import Engine

            event.listen(Engine, "before_cursor_execute", self._note)
            self._listening = True
        self.statements = []
        return {}, b""

    def _note(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if self.statements is not None:
            self.statements.append(statement)

    def do_sql_stop(self, header: dict[str, Any], body: bytes) -> Reply:
        statements, self.statements = self.statements or [], None
        return {}, json.dumps(statements).encode()

    def do_travel(self, header: dict[str, Any], body: bytes) -> Reply:
        """Moves this process's clock to ``to`` (Unix time), from where it goes on."""
        import time_machine

        if self._travel is not None:
            self._travel.stop()
        self._travel = time_machine.travel(header["to"], tick=True)
        self._travel.start()
        return {}, b""


def run(order: dict[str, Any], link: socket.socket) -> None:
    """Serves calls until the other side closes."""
    host, frames = AppHost(), Link(link)
    for frame in frames.frames():
        answer = host.answer(frame)
        with suppress(Exception):  # before the answer: after the last one this process may be ended at once
            sys.stdout.flush()
        frames.send(*answer)
