"""Whether a session that counts is refused at some moment of a sequence of settings."""

import secrets

from flask import Flask, session

OLD, NEW = secrets.token_hex(), secrets.token_hex()


def server(key, fallbacks):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=key, SECRET_KEY_FALLBACKS=fallbacks)

    @app.post("/login")
    def login():
        session["user_id"] = 7
        return "", 204

    @app.get("/me")
    def me():
        return str(session.get("user_id"))

    return app


def refused(*steps):
    sessions = []  # browsers whose session counts
    found = False

    def moment(*servers):
        """People log in at each server, and all who are logged in use each server."""
        nonlocal found
        for each in servers:
            browser = each.test_client()
            browser.post("/login")
            sessions.append(browser)
        for browser in sessions:
            for each in servers:
                browser.application = each
                found |= browser.get("/me").text != "7"

    settings = [(OLD, []), *steps]
    moment(server(*settings[0]), server(*settings[0]))
    for number in range(1, len(settings)):
        before, after = settings[number - 1], settings[number]
        if number == len(settings) - 1:
            sessions.clear()  # the pause: what is older than the lifetime counts no more
            moment(server(*before), server(*before))
        moment(server(*after), server(*before))
        moment(server(*after), server(*after))
    return found


def sign_at_once():
    return refused((NEW, [OLD]), (NEW, [])), False


def sign_and_back():
    return refused((NEW, [OLD]), (OLD, [NEW]), (NEW, [])), False


def drop_while_signing():
    return refused((OLD, [NEW]), (NEW, [])), False


def old_twice():
    return refused((OLD, [OLD]), (NEW, [OLD]), (NEW, [])), False


def new_twice():
    return refused((NEW, [NEW, OLD]), (NEW, [OLD]), (NEW, [])), False


def verify_first():
    return refused((OLD, [NEW]), (NEW, [OLD]), (NEW, [])), False
