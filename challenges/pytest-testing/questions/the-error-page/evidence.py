"""Which options are true: the test of the stem is run with each change."""

import pytest
from flask import Flask
from werkzeug.exceptions import InternalServerError


def outcome(change=None, code=500, request=lambda app: app.test_client().get("/rate")):
    """ "passed", or the type of what ended the test."""
    app = Flask(__name__)

    @app.errorhandler(code)
    def broken(error):
        return {"error": "our fault"}, 500

    @app.get("/rate")
    def rate():
        return {"rate": 1 / 0}

    app.config["TESTING"] = True
    if change:
        change(app)
    try:
        response = request(app)
        assert response.status_code == 500
        assert response.json == {"error": "our fault"}
    except Exception as error:
        return type(error)
    return "passed"


def trap():
    return outcome(lambda app: app.config.update(TRAP_HTTP_EXCEPTIONS=False)), "passed"


def debug():
    return outcome(lambda app: setattr(app, "debug", False)), "passed"


def client_argument():
    return outcome(request=lambda app: app.test_client(raise_server_exceptions=False).get("/rate")), "passed"


def propagate():
    return outcome(lambda app: app.config.update(PROPAGATE_EXCEPTIONS=False)), "passed"


def handler_class():
    return outcome(code=InternalServerError), "passed"


def pytest_raises():
    def request(app):
        with pytest.raises(ZeroDivisionError):
            response = app.test_client().get("/rate")
        return response

    return outcome(request=request), "passed"
