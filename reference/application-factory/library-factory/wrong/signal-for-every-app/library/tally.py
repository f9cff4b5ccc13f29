"""Counts the requests that an app has answered, by listening to a signal."""

from typing import Any

from flask import Flask, Response, current_app, request_finished


class Tally:
    def __init__(self) -> None:
        self.requests = 0
        request_finished.connect(self.count)

    def count(self, app: Flask, response: Response, **extra: Any) -> None:
        self.requests += 1


def init_app(app: Flask) -> None:
    app.extensions["tally"] = Tally()


def requests() -> int:
    return current_app.extensions["tally"].requests
