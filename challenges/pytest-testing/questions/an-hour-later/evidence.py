"""Whether the voucher is seen as expired after each line."""

import datetime as dt
import time
from unittest.mock import Mock

import pytest
import time_machine
from flask import Flask

VOUCHERS = """
from datetime import UTC, datetime, timedelta

issued = {}


@app.post("/vouchers/<name>")
def issue(name):
    issued[name] = datetime.now(UTC)
    return "", 201


@app.get("/vouchers/<name>")
def show(name):
    good = datetime.now(UTC) - issued[name] < timedelta(hours=1)
    return {"good": good}
"""


def expired(line):
    app = Flask(__name__)
    exec(VOUCHERS, {"app": app})
    client = app.test_client()
    client.post("/vouchers/a")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            line(monkeypatch, later, app)
        except TypeError as error:
            return error.__class__
        return client.get("/vouchers/a").json == {"good": False}


def on_the_type():
    return expired(lambda patch, later, app: patch.setattr(dt.datetime, "now", lambda tz: later)), True


def module_of_origin():
    return expired(lambda patch, later, app: patch.setattr(dt, "datetime", Mock(now=lambda tz: later))), True


def time_time():
    return expired(lambda patch, later, app: patch.setattr(time, "time", lambda: later.timestamp())), True


def traveller():
    return expired(lambda patch, later, app: time_machine.travel(later).start()), True


def sleep():
    def line(patch, later, app):
        patch.setattr(time, "sleep", lambda s: None)
        time.sleep(7200)

    return expired(line), True


def config():
    return expired(lambda patch, later, app: patch.setitem(app.config, "NOW", later)), True
