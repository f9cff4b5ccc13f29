"""The three answers of `/password`."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt_identity,
    jwt_required,
)

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def answers():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    JWTManager(app)

    @app.post("/login")
    def login():
        return {
            "access": create_access_token("7", fresh=timedelta(minutes=5)),
            "refresh": create_refresh_token("7"),
        }

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        return {"access": create_access_token(get_jwt_identity())}

    @app.post("/password")
    @jwt_required(fresh=True)
    def change_password():
        return "", 204

    client = app.test_client()

    def call(minute, path, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
            return client.post(path, headers=headers)

    tokens = call(0, "/login").json
    found = [call(2, "/password", tokens["access"]), call(10, "/password", tokens["access"])]
    new = call(11, "/refresh", tokens["refresh"]).json
    found.append(call(12, "/password", new["access"]))
    return [answer.status_code for answer in found]


def fresh_while_valid():
    return answers(), [204, 204, 401]


def refresh_renews():
    return answers(), [204, 401, 204]


def always():
    return answers(), [204, 204, 204]


def only_true():
    return answers(), [401, 401, 401]


def not_fresh_422():
    return answers(), [204, 422, 422]


def five_minutes():
    return answers(), [204, 401, 401]
