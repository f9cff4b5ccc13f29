"""The statuses of /me at 9:20, 9:40 and 10:20."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, abort, redirect, request, session


def statuses():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(minutes=30)

    def checked_user_id(form):
        return int(form["user_id"])

    @app.post("/login")
    def login():
        session["user_id"] = checked_user_id(request.form)
        return redirect("/me")

    @app.get("/me")
    def me():
        if "user_id" not in session:
            abort(401)
        return {"user_id": session["user_id"]}

    browser = app.test_client()
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        browser.post("/login", data={"user_id": 7})
        seen = []
        for minutes in (20, 20, 40):
            clock.shift(timedelta(minutes=minutes))
            seen.append(browser.get("/me").status_code)
    return seen


def idle_time():
    return statuses(), [200, 200, 401]


def no_limit():
    return statuses(), [200, 200, 200]


def one_request():
    return statuses(), [401, 401, 401]


def unhandled():
    return statuses(), [200, 500, 500]


def age_of_the_login():
    return statuses(), [200, 401, 401]


def renewed_once():
    return statuses(), [401, 200, 401]
