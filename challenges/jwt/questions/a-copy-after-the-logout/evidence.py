"""For how many minutes after 12:00 the copy is accepted, tried in the middle of each minute of half an hour."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, jsonify
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    get_jwt_identity,
    jwt_required,
    set_access_cookies,
    unset_jwt_cookies,
)

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def minutes():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    app.config["JWT_TOKEN_LOCATION"] = ["cookies", "headers"]
    app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(minutes=15)
    JWTManager(app)

    @app.post("/login")
    def login():
        token = create_access_token("7")
        response = jsonify(token=token)
        set_access_cookies(response, token)
        return response

    @app.post("/logout")
    def logout():
        response = jsonify(done=True)
        unset_jwt_cookies(response)
        return response

    @app.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    browser, malware = app.test_client(), app.test_client()
    with time_machine.travel(NOON, tick=False):
        headers = {"Authorization": f"Bearer {browser.post('/login').json['token']}"}
    accepted = 0
    for minute in range(30):
        if minute == 5:
            with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
                assert browser.post("/logout").status_code == 200
                assert browser.get("/me").status_code == 401
        with time_machine.travel(NOON + timedelta(minutes=minute, seconds=30), tick=False):
            accepted += malware.get("/me", headers=headers).status_code == 200
    return accepted


def until_logout():
    return minutes(), 5


def until_exp():
    return minutes(), 15


def never_in_header():
    return minutes(), 0


def needs_the_cookie():
    return minutes(), 5


def sliding():
    return minutes(), 20


def for_ever():
    return minutes(), 30
