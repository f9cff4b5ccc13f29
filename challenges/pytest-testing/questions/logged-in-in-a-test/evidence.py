"""Which options are true: each set-up is run, then the page of the stem is asked for."""

import json

import pytest
from flask import Flask, session

CLAIMED = {"user": 7}


def page(set_up):
    """What the page says after the set-up; the type of what the set-up raises, if it does."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "for-tests-only"

    @app.get("/me")
    def me():
        return {"user": session.get("user_id")}

    client = app.test_client()
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            set_up(app, client, monkeypatch)
        except RuntimeError as error:
            return type(error)
        return client.get("/me").json


def request_context():
    def set_up(app, client, monkeypatch):
        with app.test_request_context("/me"):
            session["user_id"] = 7

    return page(set_up), CLAIMED


def transaction():
    def set_up(app, client, monkeypatch):
        with client.session_transaction() as s:
            s["user_id"] = 7

    return page(set_up), CLAIMED


def app_context():
    def set_up(app, client, monkeypatch):
        with app.app_context():
            session["user_id"] = 7

    return page(set_up), CLAIMED


def cookie():
    def set_up(app, client, monkeypatch):
        client.set_cookie(key="session", value=json.dumps({"user_id": 7}))

    return page(set_up), CLAIMED


def after_response():
    def set_up(app, client, monkeypatch):
        with client:
            client.get("/me")
            session["user_id"] = 7

    return page(set_up), CLAIMED


def patched():
    def set_up(app, client, monkeypatch):
        monkeypatch.setattr("flask.globals.session", {"user_id": 7})

    return page(set_up), CLAIMED
