"""Which handlers answer: pairs (texts, claimed texts)."""

from flask import Flask
from werkzeug.exceptions import Forbidden, HTTPException, NotFound


class BookMissing(NotFound):
    pass


def answers():
    app = Flask(__name__)
    app.register_error_handler(Exception, lambda error: ("any", 500))
    app.register_error_handler(HTTPException, lambda error: ("http", 500))
    app.register_error_handler(LookupError, lambda error: ("lookup", 500))
    app.register_error_handler(404, lambda error: ("code", 404))

    @app.get("/<int:number>")
    def fail(number):
        raise (BookMissing(), Forbidden(), KeyError("isbn"))[number]

    return [app.test_client().get(f"/{number}").text for number in range(3)]


def exception_takes_all():
    return answers(), ["any", "any", "any"]


def http_takes_404():
    return answers(), ["http", "http", "lookup"]


def nearest():
    return answers(), ["code", "http", "lookup"]


def exact_lookup():
    return answers(), ["code", "http", "any"]


def code_or_any():
    return answers(), ["code", "any", "any"]


def subclass_has_no_code():
    return answers(), ["http", "http", "any"]
