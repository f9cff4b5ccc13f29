"""With each change: is the refused request's Retry-After the seconds until the window ends?"""

import datetime as dt

import time_machine
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

CLAIMED = (429, True)


def refused(handler=False, config=(), **arguments):
    app = Flask(__name__)
    app.config.update(config)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", **arguments)

    @app.get("/rates")
    @limiter.limit("10 per minute")
    def rates():
        return "rates"

    if handler:

        @app.errorhandler(429)
        def too_many(error):
            return error.description, 429

    client = app.test_client()
    with time_machine.travel(dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC), tick=False) as clock:
        for _ in range(10):
            client.get("/rates")
        clock.shift(20)
        answer = client.get("/rates")
        seconds = answer.headers.get("Retry-After", "")
        in_time = seconds.isdigit() and 39 <= int(seconds) <= 41  # the end of the window is rounded up
    return answer.status_code, in_time


def delta_seconds():
    return refused(config={"RATELIMIT_HEADER_RETRY_AFTER_VALUE": "delta-seconds"}), CLAIMED


def header_name():
    return refused(config={"RATELIMIT_HEADER_RETRY_AFTER": "Retry-After"}), CLAIMED


def sixty():
    return refused(retry_after=60), CLAIMED


def headers_enabled():
    return refused(headers_enabled=True), CLAIMED


def enabled():
    return refused(config={"RATELIMIT_ENABLED": True}), CLAIMED


def error_handler():
    return refused(handler=True), CLAIMED
