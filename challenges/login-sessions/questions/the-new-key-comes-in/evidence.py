"""With each setting: (a session from before is accepted, a session of now is accepted by an app with NEW alone)."""

import secrets

from flask import Flask, session

OLD, NEW = secrets.token_hex(), secrets.token_hex()
CLAIMED = (True, True)


def make_app(**config):
    app = Flask(__name__)
    app.config.update(config)

    @app.post("/login")
    def login():
        session["user_id"] = 7
        return "", 204

    @app.get("/me")
    def me():
        return str(session.get("user_id"))

    return app


def known(browser, app):
    browser.application = app
    return browser.get("/me").text == "7"


def outcome(**config):
    app = make_app(**config)
    before = make_app(SECRET_KEY=OLD).test_client()
    before.post("/login")
    now = app.test_client()
    now.post("/login")
    return known(before, app), known(now, make_app(SECRET_KEY=NEW))


def new_in_the_list():
    return outcome(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[NEW]), CLAIMED


def old_in_the_list():
    return outcome(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]), CLAIMED


def no_list():
    return outcome(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=OLD), CLAIMED


def list_of_keys():
    return outcome(SECRET_KEY=[OLD, NEW]), CLAIMED


def both_in_the_list():
    return outcome(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[OLD, NEW]), CLAIMED


def refreshed():
    return outcome(SECRET_KEY=NEW, SESSION_REFRESH_EACH_REQUEST=True), CLAIMED
