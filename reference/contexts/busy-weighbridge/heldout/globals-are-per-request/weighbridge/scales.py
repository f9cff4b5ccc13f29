"""The scales of the yard. This file stays as it is: tests bring requests together by it.

A weighing waits at its scale until the scale reports a weight, and a report waits until no weighing does.
"""

import threading
from collections import Counter, defaultdict, deque

from flask import current_app

PATIENCE = 8.0  # seconds


class NoWeight(Exception):
    """A scale has not reported any weight in time."""


class Scales:
    """The scales of one app: where its requests wait for each other."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._weights: defaultdict[str, deque[int]] = defaultdict(deque)
        self._waiting: Counter[str] = Counter()

    def report(self, scale: str, kilograms: int) -> None:
        """What the scale's driver does: hands a weight to the weighing that waits, or to the next one."""
        with self._changed:
            self._weights[scale].append(kilograms)
            self._changed.notify_all()

    def weigh(self, scale: str) -> int:
        """Waits for a weight and takes it. Raises NoWeight."""
        with self._changed:
            self._waiting[scale] += 1
            try:
                if not self._changed.wait_for(lambda: self._weights[scale], PATIENCE):
                    raise NoWeight
                return self._weights[scale].popleft()
            finally:
                self._waiting[scale] -= 1
                self._changed.notify_all()

    def wait_until_quiet(self) -> None:
        """Waits until no weighing waits at any scale."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting.total())

    def waiting(self) -> dict[str, int]:
        """How many weighings wait, by the scale; scales without any are left out."""
        with self._changed:
            return dict(+self._waiting)


def report(scale: str, kilograms: int) -> None:
    """Reports a weight to the current app without a request."""
    current_app.extensions["scales"].report(scale, kilograms)


def waiting() -> dict[str, int]:
    """How many weighings wait in the current app, asked without a request."""
    return current_app.extensions["scales"].waiting()
