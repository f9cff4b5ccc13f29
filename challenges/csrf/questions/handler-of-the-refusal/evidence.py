"""What the script gets: pairs of (status, body)."""

import secrets

from flask import Flask, jsonify, request
from flask_wtf.csrf import CSRFError, CSRFProtect


def got():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    CSRFProtect(app)

    @app.errorhandler(400)
    def bad_request(error):
        return jsonify(error="bad request"), 400

    @app.errorhandler(CSRFError)
    def csrf_failed(error):
        return jsonify(error=error.description)

    @app.post("/cart")
    def add_to_cart():
        return jsonify(added=request.form["item"])

    response = app.test_client().post("/cart", data={"item": "tea"})
    return response.status_code, response.json


def reason_400():
    return got(), (400, {"error": "The CSRF token is missing."})


def general_handler():
    return got(), (400, {"error": "bad request"})


def reason_200():
    return got(), (200, {"error": "The CSRF token is missing."})


def reason_403():
    return got(), (403, {"error": "The CSRF token is missing."})


def class_400():
    return got(), (400, {"error": "CSRF validation failed."})


def class_200():
    return got(), (200, {"error": "CSRF validation failed."})
