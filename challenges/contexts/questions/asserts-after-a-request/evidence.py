"""In which line the test stops: pairs (observed, claimed)."""

from flask import Flask, g, session


def stops():
    app = Flask(__name__)
    app.secret_key = "for this run only"

    @app.before_request
    def load_user():
        g.user = "ada"

    @app.get("/")
    def index():
        session["seen"] = True
        return "hello"

    client = app.test_client()
    line = 0
    try:
        with client:
            client.get("/")
            line = 1
            assert g.user == "ada"
            line = 2
            assert session["seen"]
        line = 3
        assert client.get("/").text == "hello"
        line = 4
        assert g.user == "ada"
    except (AssertionError, AttributeError, KeyError, RuntimeError):
        return line
    return None


def four():
    return stops(), 4


def one():
    return stops(), 1


def hooks():
    return stops(), 1


def two():
    return stops(), 2


def three():
    return stops(), 3


def nowhere():
    return stops(), None
