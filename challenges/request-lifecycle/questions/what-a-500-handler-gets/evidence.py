"""What the handler got: pairs of (error, cause) per request."""

import logging

from flask import Flask, abort

WRAPPED = ("InternalServerError", "ValueError")


def answers():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)

    @app.errorhandler(500)
    def failed(error):
        cause = getattr(error, "original_exception", "not there")
        return {"error": type(error).__name__, "cause": type(cause).__name__}, 500

    @app.get("/parse")
    def parse():
        return {"number": int("seven")}

    @app.get("/stop")
    def stop():
        abort(500)

    both = [app.test_client().get(path).json for path in ("/parse", "/stop")]
    return [(answer["error"], answer["cause"]) for answer in both]


def passed_as_raised():
    return answers(), [("ValueError", "str"), ("InternalServerError", "NoneType")]


def no_cause_kept():
    return answers(), [("InternalServerError", "NoneType"), ("InternalServerError", "NoneType")]


def own_cause():
    return answers(), [WRAPPED, ("InternalServerError", "InternalServerError")]


def both_as_raised():
    return answers(), [("ValueError", "str"), ("InternalServerError", "str")]


def wrapped_with_cause():
    return answers(), [WRAPPED, ("InternalServerError", "NoneType")]


def attribute_only_when_wrapped():
    return answers(), [WRAPPED, ("InternalServerError", "str")]
