"""TCP connections inside a box, seen from outside."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

Took = Callable[[bytes], None]
MOST_PIECES = 512  # that wait for a receiver who does not take them; each up to 64 KiB
MOST_KEPT = 1 << 20  # bytes that wait for somebody to attach


class Carrier(Protocol):
    """What a stream needs of its box."""

    def send(self, channel: int, data: bytes) -> None: ...
    def hang_up(self, channel: int) -> None: ...


class Stream:
    """One connection. What comes is kept until somebody attaches, then passed on by the box's reader thread."""

    def __init__(self, carrier: Carrier, number: int) -> None:
        self.number = number
        self._carrier = carrier
        self._lock = threading.RLock()
        self._kept: list[bytes] = []
        self._took: Took | None = None
        self._ended: Callable[[], None] | None = None
        self._settled = threading.Event()
        self.connected = False
        self.why = ""  # why it ended; "" while it has not

    def attach(self, took: Took, ended: Callable[[], None]) -> None:
        """From now on ``took`` gets what comes, and ``ended`` is called once when nothing comes any more."""
        with self._lock:
            self._took, self._ended = took, ended
            for data in self._kept:
                took(data)
            self._kept.clear()
            if self.why:
                ended()

    def wait(self, seconds: float) -> bool:
        """Whether the connection came about within ``seconds``."""
        return self._settled.wait(seconds) and self.connected

    def open(self) -> None:
        """From the reader thread: the other end has taken the connection."""
        self.connected = True
        self._settled.set()

    def take(self, data: bytes) -> None:
        """From the reader thread: bytes of the other end."""
        with self._lock:
            if self._took is None:
                if sum(map(len, self._kept)) < MOST_KEPT:
                    self._kept.append(data)
            else:
                self._took(data)

    def end(self, why: str) -> None:
        """From the reader thread: the other end is gone. The first reason stands."""
        with self._lock:
            if self.why:
                return
            self.why = why
            self._settled.set()
            if self._ended is not None:
                self._ended()

    def send(self, data: bytes) -> None:
        """Sends ``data``; that the other end is gone shows in ``ended``."""
        self._carrier.send(self.number, data)

    def close(self) -> None:
        """Hangs up."""
        self._carrier.hang_up(self.number)


class Pump:
    """Passes pieces on in a thread of its own, so that a slow receiver never keeps a box's reader waiting."""

    def __init__(self, deliver: Took, done: Callable[[], None]) -> None:
        self._deliver, self._done = deliver, done
        self._pieces: queue.Queue[bytes] = queue.Queue(MOST_PIECES)
        threading.Thread(target=self._run, name="pump", daemon=True).start()

    def _run(self) -> None:
        with suppress(OSError):
            while data := self._pieces.get():
                self._deliver(data)
        self._done()

    def put(self, data: bytes) -> None:
        """One piece more; a receiver that lets this many lie loses the rest."""
        with suppress(queue.Full):
            self._pieces.put_nowait(data)

    def finish(self) -> None:
        """No more pieces come."""
        while True:
            try:
                self._pieces.put_nowait(b"")
                return
            except queue.Full:
                with suppress(queue.Empty):
                    self._pieces.get_nowait()
