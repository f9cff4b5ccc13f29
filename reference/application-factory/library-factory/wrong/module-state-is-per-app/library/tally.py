"""Counts the requests that the app has answered."""

from flask import Flask, Response

_answered = 0


def count(response: Response) -> Response:
    global _answered
    _answered += 1
    return response


def init_app(app: Flask) -> None:
    app.after_request(count)


def requests() -> int:
    return _answered
