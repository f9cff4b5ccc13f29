"""The statuses at 14:00 and 14:30 UTC, in New York and in Berlin: pairs (observed, claimed)."""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, jsonify, request
from werkzeug.http import http_date

NOON = datetime(2031, 7, 1, 12, 0, tzinfo=UTC)


def statuses(zone):
    os.environ["TZ"] = zone
    time.tzset()
    with time_machine.travel((NOON + timedelta(hours=1)).timestamp(), tick=False):
        changed = datetime.now()
    app = Flask(__name__)

    @app.get("/stock")
    def stock():
        response = jsonify([1, 2])
        response.last_modified = changed
        return response.make_conditional(request)

    last, got = NOON, []
    for now in (NOON + timedelta(hours=2), NOON + timedelta(hours=2, minutes=30)):
        answer = app.test_client().get("/stock", headers={"If-Modified-Since": http_date(last)})
        got.append(answer.status_code)
        last = now
    return tuple(got)


def observed():
    return statuses("EST5EDT,M3.2.0,M11.1.0"), statuses("CET-1CEST,M3.5.0,M10.5.0")


def converted():
    return observed(), ((200, 304), (200, 304))


def swapped():
    return observed(), ((200, 200), (304, 304))


def berlin_right():
    return observed(), ((304, 304), (200, 304))


def taken_as_utc():
    return observed(), ((304, 304), (200, 200))


def new_york_right():
    return observed(), ((200, 304), (200, 200))


def delayed():
    return observed(), ((304, 200), (200, 304))
