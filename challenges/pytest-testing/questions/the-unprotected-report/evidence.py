"""Which tests fail on the stem's app."""

import functools

import pytest
from flask import Flask, abort, session
from werkzeug.exceptions import Unauthorized


def login_required(view):
    @functools.wraps(view)
    def guarded(**values):
        if "user" not in session:
            abort(401)
        return view(**values)

    return guarded


def outcome(test):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "for-tests-only"

    @login_required
    @app.get("/report")
    def report():
        return "secret"

    @app.get("/login")
    def login():
        session["user"] = "ada"
        return ""

    try:
        test(app, report)
    except AssertionError:
        return "fails"
    return "passes"


def call():
    def test(app, report):
        with app.test_request_context("/report"), pytest.raises(Unauthorized):
            report()

    return outcome(test), "fails"


def request():
    def test(app, report):
        assert app.test_client().get("/report").status_code == 401

    return outcome(test), "fails"


def wrapped():
    def test(app, report):
        assert report.__wrapped__() == "secret" and report.__name__ == "report"

    return outcome(test), "fails"


def rule():
    def test(app, report):
        assert "report" in app.view_functions and "/report" in map(str, app.url_map.iter_rules())

    return outcome(test), "fails"


def logged_in():
    def test(app, report):
        client = app.test_client()
        client.get("/login")
        assert client.get("/report").text == "secret"

    return outcome(test), "fails"


def not_found():
    def test(app, report):
        assert app.test_client().get("/report/").status_code != 200

    return outcome(test), "fails"
