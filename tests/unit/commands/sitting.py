"""A person at a real terminal: a pseudo-terminal of a given size with the command on its other side."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import cli

PATIENCE = 60.0  # seconds after which a test gives up; nothing waits that long unless it is broken
ACTS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
HALF = re.compile(r"(\x1b(\[[0-9;?]*)?|\r)\Z")  # what the next read completes


def _listen_to_ctrl_c() -> None:
    """The terminal is this process's own, and what a shell's background job ignores, it does not."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Sitting:
    """``assay ARGUMENTS`` with its data in ``data``. What it wrote stands in ``screen``, without colours."""

    def __init__(self, root: Path, data: Path, *arguments: str, columns: int = 80, **env: str) -> None:
        self._fd, theirs = pty.openpty()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        keep = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
        self.process = subprocess.Popen(
            [sys.executable, cli.__file__, "--content", str(root), *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_listen_to_ctrl_c,
            env={**keep, "ASSAY_DATA": str(data), "TERM": "xterm-256color", **env},
        )
        os.close(theirs)
        self.raw = ""
        self._seen = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    @property
    def screen(self) -> str:
        return ACTS.sub("", HALF.sub("", self.raw)).replace("\r\n", "\n")

    def until(self, text: str) -> None:
        """Reads until ``text`` is written, after what the last call found."""
        end = time.monotonic() + PATIENCE
        while (place := self.screen.find(text, self._seen)) < 0:
            if not self._read(end):
                raise AssertionError(f"the command ended without {text!r}:\n{self.screen[self._seen :]}")
        self._seen = place + len(text)

    def type(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def mode(self) -> list[object]:
        """How the terminal is set."""
        return termios.tcgetattr(self._fd)

    def kill(self) -> None:
        """As nobody can defend against."""
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> int:
        """Waits until the command has ended, and gives its exit status."""
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, end: float) -> bool:
        """Takes in what was written; False when the command has closed the terminal."""
        if not select.select([self._fd], [], [], max(end - time.monotonic(), 0))[0]:
            raise AssertionError(f"nothing more came within {PATIENCE} s after:\n{self.screen[self._seen :]}")
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux: the other side is closed
            data = b""
        self.raw += self._decoder.decode(data)
        return bool(data)

    def __enter__(self) -> Sitting:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._fd)
