"""How the letter is answered: (what is said at 11:05, what is said to a form loaded at 11:06 in the same session)."""

import re
import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, abort, render_template_string, session
from flask_wtf.csrf import CSRFError, CSRFProtect

TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)


def answers():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=31)
    CSRFProtect(app)

    @app.errorhandler(CSRFError)
    def refused(error):
        return error.description, 400

    @app.get("/login")
    def login():
        session.permanent = True
        session["user_id"] = "ada"
        return ""

    @app.get("/form")
    def form():
        return render_template_string('<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">')

    @app.post("/form")
    def take():
        if "user_id" not in session:
            abort(401)
        return "accepted"

    browser = app.test_client()

    def opened():
        return re.search(r'value="([^"]+)"', browser.get("/form").text)[1]

    def sent(token):
        return browser.post("/form", data={"csrf_token": token}).text

    with time_machine.travel(TEN, tick=False) as clock:
        browser.get("/login")
        letter = opened()
        clock.move_to(TEN + timedelta(minutes=50))
        assert sent(opened()) == "accepted"
        clock.move_to(TEN + timedelta(minutes=65))
        first = sent(letter)
        clock.move_to(TEN + timedelta(minutes=66))
        return first, sent(opened())


def session_was_used():
    return answers(), ("accepted", "accepted")


def session_lives():
    return answers(), ("accepted", "accepted")


def replaced():
    return answers(), ("The CSRF tokens do not match.", "accepted")


def used_up():
    return answers(), ("The CSRF session token is missing.", "accepted")


def too_old():
    return answers(), ("The CSRF token has expired.", "accepted")


def logged_out():
    return answers(), ("The CSRF session token is missing.", "The CSRF session token is missing.")
