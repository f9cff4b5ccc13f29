"""What one request prints: pairs (printed, claimed)."""

import contextlib
import io

from flask import Flask


def printed():
    app = Flask(__name__)

    @app.before_request
    def one():
        print("a", end="")

    @app.before_request
    def two():
        print("b", end="")

    @app.after_request
    def three(response):
        print("c", end="")
        return response

    @app.after_request
    def four(response):
        print("d", end="")
        return response

    @app.teardown_request
    def five(error):
        print("e", end="")

    @app.get("/")
    def home():
        print("f", end="")
        return "ok"

    with contextlib.redirect_stdout(io.StringIO()) as out:
        app.test_client().get("/")
    return out.getvalue()


def layers():
    return printed(), "abfdce"


def as_written():
    return printed(), "abfcde"


def before_reversed():
    return printed(), "bafcde"


def all_reversed():
    return printed(), "bafdce"


def teardown_then_after():
    return printed(), "abfedc"


def teardown_between():
    return printed(), "abfdec"
