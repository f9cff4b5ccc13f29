"""What a person types: single keys from a terminal, lines from anything else.

Both give words: a letter of an option, a key's name such as ``enter``, or, from lines, all that was typed. Leaving is
``EOFError`` (Ctrl-D, or the end of the input) or ``KeyboardInterrupt`` (Ctrl-C).
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Protocol

try:
    import select
    import termios
    import tty
except ImportError:  # Windows: lines are asked for there
    SINGLE_KEYS = False
else:
    SINGLE_KEYS = True

NAMES = {
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\b": "backspace",
    "\x1b[C": "right",
    "\x1bOC": "right",
    "\x1b[D": "left",
    "\x1bOD": "left",
}
END = "\x04"  # Ctrl-D
ESCAPE = "\x1b"


class Input(Protocol):
    """Where words come from, while it is open. ``single`` says whether each is one key."""

    single: bool

    def open(self) -> None: ...

    def close(self) -> None: ...

    def word(self, wait: float | None = None) -> str | None:
        """The next word, in lower case. None when nothing was typed within ``wait`` seconds; lines wait for ever."""
        ...


class Lines:
    """Lines of standard input: for pipes, tests and screen readers."""

    single = False

    def open(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def word(self, wait: float | None = None) -> str | None:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip().lower()


class Keyboard:
    """Keys of a terminal, which is switched to single keys while this is open. Ctrl-C still interrupts."""

    single = True

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._typed = ""
        self._before = termios.tcgetattr(fd)

    def open(self) -> None:
        self._switch()
        # Whoever stopped us with Ctrl-Z comes back from a shell that has set the terminal its own way.
        self._continued = signal.signal(signal.SIGCONT, lambda *_: self._switch())

    def close(self) -> None:
        signal.signal(signal.SIGCONT, self._continued)
        termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)

    def _switch(self) -> None:
        tty.setcbreak(self._fd, termios.TCSADRAIN)  # what was typed ahead stays

    def word(self, wait: float | None = None) -> str | None:
        if not self._typed:
            if not select.select([self._fd], [], [], wait)[0]:
                return None
            data = os.read(self._fd, 1024)
            if not data:
                raise EOFError
            self._typed = data.decode("utf-8", "replace")
        return self._next()

    def _next(self) -> str:
        """One key of what was typed; an escape sequence is one key."""
        length = _sequence_length(self._typed) if self._typed.startswith(ESCAPE) else 1
        key, self._typed = self._typed[:length], self._typed[length:]
        if key == END:
            raise EOFError
        return NAMES.get(key, key.lower())


def _sequence_length(typed: str) -> int:
    """How many characters the escape sequence at the beginning has: ECMA-48's CSI and SS3, or the key alone."""
    if typed[1:2] == "O":
        return 3
    if typed[1:2] != "[":
        return 1
    for place, character in enumerate(typed[2:], 3):
        if "@" <= character <= "~":
            return place
    return len(typed)


def standard_input() -> Input:
    """Single keys where standard input is a terminal that has them."""
    if SINGLE_KEYS and sys.stdin.isatty():
        return Keyboard(sys.stdin.fileno())
    return Lines()
