"""Which of the two headers each page has, as a pair (Set-Cookie, Vary: Cookie)."""

import secrets

from flask import Flask, session


def headers():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    @app.get("/news")
    def news():
        return "the same for everyone"

    @app.get("/hello")
    def hello():
        return f"Hello, {session.get('name', 'stranger')}!"

    @app.get("/count")
    def count():
        session["visits"] = session.get("visits", 0) + 1
        return str(session["visits"])

    visitor = app.test_client()
    with visitor.session_transaction() as values:
        values.update(name="Ada", visits=3)
    answers = [visitor.get(path) for path in ("/news", "/hello", "/count")]
    return [("Set-Cookie" in answer.headers, "cookie" in answer.vary) for answer in answers]


NEITHER, VARY, BOTH = (False, False), (False, True), (True, True)


def vary_everywhere():
    return headers(), [VARY, VARY, BOTH]


def vary_with_cookie_only():
    return headers(), [NEITHER, NEITHER, BOTH]


def refreshed_when_read():
    return headers(), [NEITHER, BOTH, BOTH]


def never_vary():
    return headers(), [NEITHER, NEITHER, (True, False)]


def read_and_written():
    return headers(), [NEITHER, VARY, BOTH]


def always_refreshed():
    return headers(), [BOTH, BOTH, BOTH]
