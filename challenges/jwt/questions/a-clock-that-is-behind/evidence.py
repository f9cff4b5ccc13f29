"""What the API answers at once, before and after the change of an option."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


def at_once(login=None, api=None):
    """The status of the first request, with these settings of the two servers."""
    key = secrets.token_hex(32)
    issuer, checker = Flask("login"), Flask("api")
    for app, settings in ((issuer, login), (checker, api)):
        app.config["JWT_SECRET_KEY"] = key
        app.config.update(settings or {})
        JWTManager(app)

    @checker.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    with issuer.app_context(), time_machine.travel(NOW, tick=False):
        token = create_access_token("7")
    with time_machine.travel(NOW - timedelta(seconds=20), tick=False):
        return checker.test_client().get("/me", headers={"Authorization": f"Bearer {token}"}).status_code


def longer_lifetime():
    longer = {"JWT_ACCESS_TOKEN_EXPIRES": timedelta(minutes=15, seconds=30)}
    return (at_once(), at_once(login=longer)), (401, 200)


def leeway_at_the_issuer():
    return (at_once(), at_once(login={"JWT_DECODE_LEEWAY": 30})), (422, 200)


def no_nbf():
    return (at_once(), at_once(login={"JWT_ENCODE_NBF": False})), (422, 200)


def leeway_401():
    return (at_once(), at_once(api={"JWT_DECODE_LEEWAY": 30})), (401, 200)


def leeway_at_the_checker():
    return (at_once(), at_once(api={"JWT_DECODE_LEEWAY": 30})), (422, 200)


def too_long():
    return (at_once(), at_once(api={"JWT_DECODE_LEEWAY": -20})), (200, 200)
