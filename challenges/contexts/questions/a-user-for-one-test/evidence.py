"""Whether the test passes with each body: pairs (observed, claimed)."""

from types import SimpleNamespace

import flask
import pytest
from flask import Blueprint, Flask, appcontext_pushed, g, session

ADA = SimpleNamespace(name="Ada")


def passes(body):
    def load_user(number):
        raise ConnectionError

    bp = Blueprint("views", __name__)

    def current_user():
        if "user" not in g:
            g.user = load_user(session["user_id"])
        return g.user

    @bp.get("/me")
    def me():
        return current_user().name

    app = Flask(__name__)
    app.secret_key = "for this run only"
    app.testing = True
    app.register_blueprint(bp)
    try:
        body(app, app.test_client())
    except (AssertionError, ConnectionError, KeyError, RuntimeError):
        return False
    return True


def signal():
    def body(app, client):
        def put(sender):
            g.user = ADA

        with appcontext_pushed.connected_to(put, app):
            assert client.get("/me").text == "Ada"

    return passes(body), True


def own_context():
    def body(app, client):
        with app.app_context():
            g.user = ADA
        assert client.get("/me").text == "Ada"

    return passes(body), True


def client_block():
    def body(app, client):
        with client:
            g.user = ADA
            assert client.get("/me").text == "Ada"

    return passes(body), True


def kept():
    def body(app, client):
        with client:
            client.get("/none")
            g.user = ADA
            response = client.get("/me")
            assert response.text == "Ada"

    return passes(body), True


def transaction():
    def body(app, client):
        with client.session_transaction():
            g.user = ADA
        assert client.get("/me").text == "Ada"

    return passes(body), True


def patched():
    def body(app, client):
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr(flask, "g", SimpleNamespace(user=ADA))
            assert client.get("/me").text == "Ada"

    return passes(body), True
