"""What the call of `post` gives: the status and the amount, or the exception."""

from flask import Flask, request
from werkzeug.exceptions import UnsupportedMediaType


def result():
    app = Flask(__name__)
    app.config["TESTING"] = True

    @app.post("/deposits")
    def deposit():
        return {"amount": request.get_json()["amount"]}, 201

    try:
        response = app.test_client().post("/deposits", data={"amount": 5})
    except (TypeError, UnsupportedMediaType) as error:
        return type(error)
    return response.status_code, (response.get_json(silent=True) or {}).get("amount")


def type_error():
    return result(), TypeError


def created():
    return result(), (201, 5)


def unsupported():
    return result(), (415, None)


def bad_request():
    return result(), (400, None)


def propagated():
    return result(), UnsupportedMediaType


def server_error():
    return result(), (500, None)
