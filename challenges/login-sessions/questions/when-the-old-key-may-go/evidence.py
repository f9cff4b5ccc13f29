"""The first day at whose 0:00 dropping OLD ends no login that would have gone on, as a date."""

import secrets
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta

import time_machine
from flask import Flask, abort, session

OLD, NEW = secrets.token_hex(), secrets.token_hex()
CHANGE = datetime(2026, 6, 1, tzinfo=UTC)


def make_app(**keys):
    app = Flask(__name__)
    app.config.update(PERMANENT_SESSION_LIFETIME=timedelta(days=14), **keys)

    @app.post("/login")
    def login():
        session["user_id"] = 7
        return "", 204

    @app.get("/me")
    def me():
        if "user_id" not in session:
            abort(401)
        return {"user_id": session["user_id"]}

    return app


BEFORE, BOTH, AFTER = (
    make_app(**keys)
    for keys in ({"SECRET_KEY": OLD}, {"SECRET_KEY": NEW, "SECRET_KEY_FALLBACKS": [OLD]}, {"SECRET_KEY": NEW})
)


def visits(logged_in, dropped):
    """The statuses of daily visits from 1 June on, for a login at a time and OLD dropped on a day (or never)."""
    with time_machine.travel(logged_in, tick=False) as clock:
        browser = BEFORE.test_client()
        browser.post("/login")
        seen = []
        for day in range(45):
            clock.move_to(CHANGE + timedelta(days=day), tick=False)
            browser.application = BOTH if dropped is None or day < dropped else AFTER
            seen.append(browser.get("/me").status_code)
        return seen


def first_day():
    last_login = CHANGE - timedelta(minutes=1)  # of those that OLD has signed
    kept = visits(last_login, dropped=None)

    def harmless(day):
        return visits(last_login, dropped=day) == kept

    day = bisect_left(range(45), True, key=harmless)  # what is harmless on one day is so on each day after it
    return (CHANGE + timedelta(days=day)).date() if day < 45 else None


def at_once():
    return first_day(), date(2026, 6, 1)


def next_day():
    return first_day(), date(2026, 6, 2)


def after_the_lifetime():
    return first_day(), date(2026, 6, 15)


def twice_the_lifetime():
    return first_day(), date(2026, 6, 29)


def default_lifetime():
    return first_day(), date(2026, 7, 2)


def on_no_day():
    return first_day(), None
