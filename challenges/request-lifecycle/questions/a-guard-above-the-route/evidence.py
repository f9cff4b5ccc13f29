"""What a stranger gets: pairs of (status, location or text)."""

import logging
import secrets
from functools import wraps

from flask import Flask, redirect, session


def answered():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    def login_required(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            if "user" not in session:
                return redirect("/login")
            return view(*args, **kwargs)

        return wrapper

    @login_required
    @app.get("/reports")
    def reports():
        return "confidential"

    response = app.test_client().get("/reports")
    return response.status_code, response.location or response.text


def unguarded():
    return answered(), (200, "confidential")


def top_down():
    return answered(), (302, "/login")


def name_rebound():
    return answered(), (302, "/login")


def route_lost():
    return answered()[0], 404


def get_returns_none():
    return answered()[0], 500


def clash():
    return answered()[0], 500
