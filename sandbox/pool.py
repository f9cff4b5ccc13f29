"""Started boxes in store, each used once, so that a submission waits for no start-up."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.errors import SandboxError

if TYPE_CHECKING:
    from sandbox.box import Box, Runner


MOST_KINDS = 3  # the submission's, its service's, and that of its public tests


@dataclass(frozen=True, slots=True)
class Key:
    """What boxes must have in common to stand in for each other; image and runtime are the runner's."""

    image: str
    runtime: str
    preload: tuple[str, ...]
    profile: str


class Pool:
    """Keeps ``spare`` started boxes of each of the kinds that were asked for last; older kinds make room.

    What was taken is made up for when a box is closed, or at once where the store is empty: a start takes a processor
    away from the box that somebody is waiting for. With ``spare=0`` a box is started whenever one is asked for. Safe to
    use from several threads.
    """

    def __init__(self, runner: Runner, spare: int = 0) -> None:
        self._runner = runner
        self._spare = spare
        self._ready: dict[Key, deque[Box]] = {}
        self._starting: dict[Key, int] = {}
        self._changed = threading.Condition()
        self._closed = False

    def acquire(self, preload: tuple[str, ...], profile: str = "standard") -> Box:
        """A started box, the caller's to use and to close. Raises SandboxError."""
        key = Key(self._runner.image, self._runner.runtime, preload, profile)
        box, left = self._take(key)
        if not left:
            self._refill(key)
        box = box or self._runner.start(preload, profile)
        box.on_close = lambda: self._refill(key)
        return box

    def warm(self, preload: tuple[str, ...], profile: str = "standard") -> None:
        """Waits until the store for this kind is full, or could not be filled."""
        key = Key(self._runner.image, self._runner.runtime, preload, profile)
        self._refill(key)
        with self._changed:
            self._changed.wait_for(lambda: not self._starting.get(key))

    def _take(self, key: Key) -> tuple[Box | None, int]:
        """A box of the store, if it has one, and how many are then left."""
        with self._changed:
            while True:
                ready = self._ready.get(key, deque())
                while ready:
                    box = ready.popleft()
                    if box.alive:
                        return box, len(ready)
                    box.close()
                if not self._starting.get(key):
                    return None, 0
                self._changed.wait()

    def _refill(self, key: Key) -> None:
        with self._changed:
            if self._closed:
                return
            self._ready[key] = self._ready.pop(key, deque())  # the kind asked for last stands last
            missing = self._spare - len(self._ready[key]) - self._starting.get(key, 0)
            for _ in range(missing):
                self._starting[key] = self._starting.get(key, 0) + 1
                threading.Thread(target=self._start, args=(key,), name="box-start", daemon=True).start()
            self._make_room()

    def _start(self, key: Key) -> None:
        box = None
        with contextlib.suppress(SandboxError):  # whoever acquires next tries itself, and hears of it
            box = self._runner.start(key.preload, key.profile)
        with self._changed:
            self._starting[key] -= 1
            if box is not None:
                if self._closed:
                    box.close()
                else:
                    self._ready.setdefault(key, deque()).append(box)
                    self._make_room()
            self._changed.notify_all()

    def _make_room(self) -> None:
        for kind in list(self._ready)[:-MOST_KINDS]:
            for box in self._ready.pop(kind):
                box.close()

    def close(self) -> None:
        """Removes every box in store, those being started included."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not any(self._starting.values()))
            for boxes in self._ready.values():
                while boxes:
                    boxes.popleft().close()
        self._runner.close()
