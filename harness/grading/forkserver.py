"""A process that has everything imported and forks an examiner per examination.

It is started without the harness's environment, so that no credential of ours reaches a process that reads what a
container said. One byte with a socket attached asks for an examiner; its order then comes over that socket.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from harness.domain.errors import GradingFault
from harness.grading.talk import Talk
from sandbox.wire import WireError

PRELOAD = ("pytest", "_pytest.assertion.rewrite", "werkzeug.test", "time_machine", "harness.grading.examiner")
KEPT_VARIABLES = ("PATH", "LANG", "TZ", "LD_LIBRARY_PATH")


class ForkServer:
    """The harness's handle. Safe to use from several threads; starts the process when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Starts the process; returns at once, while it imports."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            ours, theirs = socket.socketpair()
            environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
            root = str(Path(__file__).resolve().parents[2])
            self._process = subprocess.Popen(
                [sys.executable, "-m", "harness.grading.forkserver", str(theirs.fileno()), str(cache_folder())],
                pass_fds=[theirs.fileno()],
                env=environment | {"PYTHONPATH": root, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
                stdin=subprocess.DEVNULL,
                cwd=tempfile.gettempdir(),
                start_new_session=True,  # Ctrl-C is for the harness, which then closes the link
            )
            theirs.close()
            self._link = ours

    def examine(self, order: dict[str, Any]) -> Examination:
        """Starts an examiner on ``order``. Raises GradingFault when the server is gone."""
        self.start()
        ours, theirs = socket.socketpair()
        examination = Examination(Talk(ours))
        try:
            with self._lock:
                assert self._link is not None
                socket.send_fds(self._link, [b"+"], [theirs.fileno()])
            examination.talk.send(order)
        except OSError as error:
            raise GradingFault(f"the examiners' server is gone: {error}") from error
        finally:
            theirs.close()
        return examination

    def close(self) -> None:
        """Ends the server; examiners end with their sockets."""
        with self._lock:
            if self._process is not None and self._link is not None:
                self._link.close()
                self._process.wait()
                self._process = None


class Examination:
    """One examiner at work."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self._pid = 0

    def greet(self, seconds: float) -> None:
        """Waits until the examiner has been forked. Raises GradingFault."""
        try:
            frame = self.talk.receive(seconds)
        except (TimeoutError, WireError):
            frame = None
        if frame is None:
            raise GradingFault("the examiner did not start")
        self._pid = frame.header["pid"]

    def close(self) -> None:
        """Ends the examiner, at work or not."""
        self.talk.close()
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)


def serve(link: socket.socket, cache: str) -> None:
    """Forks an examiner per request until the harness is gone."""
    for name in PRELOAD:
        importlib.import_module(name)
    from harness.grading.examiner import examine

    sys.pycache_prefix = cache
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        request, handles, _, _ = socket.recv_fds(link, 1, 1)
        if not request:
            return
        with socket.socket(fileno=handles[0]) as examiner_link:
            if not os.fork():
                link.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                null = os.open(os.devnull, os.O_RDWR)
                os.dup2(null, 1)
                os.dup2(null, 2)
                examine(Talk(examiner_link))
                os._exit(0)


def cache_folder() -> Path:
    """Where the bytecode of hidden tests is kept: never beside the tests, nor where others can write."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "assay" / "bytecode"


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
