"""Counts the requests that an app has answered: a small extension, which keeps its numbers on the app."""

from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, request_finished


class Tally:
    def __init__(self) -> None:
        self.requests = 0
        self._lock = Lock()

    def add(self) -> None:
        with self._lock:
            self.requests += 1


def count(app: Flask, response: Response, **extra: Any) -> None:
    """Receives `request_finished`, which holds it weakly: as a function of the module it stays alive."""
    app.extensions["tally"].add()


def init_app(app: Flask) -> None:
    app.extensions["tally"] = Tally()
    request_finished.connect(count, sender=app)


def requests() -> int:
    """The requests that the current app has answered so far."""
    return current_app.extensions["tally"].requests
