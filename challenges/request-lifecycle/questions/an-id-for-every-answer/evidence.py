"""What the client gets: pairs of (status, JSON or text, "no id", "None" or "an id")."""

import logging
from uuid import uuid4

from flask import Flask, g


def answered():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    app.config["MAINTENANCE"] = True

    @app.before_request
    def closed():
        if app.config["MAINTENANCE"]:
            return "Back soon", 503

    @app.before_request
    def make_id():
        g.request_id = uuid4().hex

    @app.after_request
    def send_id(response):
        response.headers["X-Request-ID"] = g.request_id
        return response

    @app.errorhandler(Exception)
    def failed(error):
        return {"error": type(error).__name__}, 500

    @app.get("/")
    def home():
        return "home"

    response = app.test_client().get("/")
    sent = response.headers.get("X-Request-ID", "no id")
    page = "Flask's page" if "<!doctype" in response.text.lower() else response.text
    return response.status_code, response.json or page, sent if sent in ("no id", "None") else "an id"


def header_missing():
    return answered(), (503, "Back soon", "no id")


def header_none():
    return answered(), (503, "Back soon", "None")


def handled_as_raised():
    return answered(), (500, {"error": "AttributeError"}, "no id")


def wrapped():
    return answered(), (500, {"error": "InternalServerError"}, "no id")


def second_time_works():
    return answered(), (500, {"error": "InternalServerError"}, "an id")


def plain_page():
    return answered(), (500, "Flask's page", "no id")
