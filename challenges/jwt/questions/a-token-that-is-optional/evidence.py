"""How the three requests are answered: pairs of (status, greeted) per request."""

import secrets
from datetime import timedelta

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required

STRANGER, ADA = (200, "stranger"), (200, "ada")


def answered():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    JWTManager(app)

    @app.get("/greeting")
    @jwt_required(optional=True)
    def greeting():
        return {"hello": get_jwt_identity() or "stranger"}

    with app.app_context():
        expired = create_access_token("ada", expires_delta=timedelta(seconds=-60))
        valid = create_access_token("ada")
    client = app.test_client()

    def greeted(headers):
        response = client.get("/greeting", headers=headers)
        return response.status_code, response.json.get("hello")

    return [greeted({}), *(greeted({"Authorization": f"Bearer {token}"}) for token in (expired, valid))]


def expired_is_stranger():
    return answered(), [STRANGER, STRANGER, ADA]


def identity_needs_token():
    return answered(), [(500, None), (401, None), ADA]


def only_absence_is_forgiven():
    return answered(), [STRANGER, (401, None), ADA]


def optional_checks_type_only():
    return answered(), [STRANGER, ADA, ADA]


def expired_is_422():
    return answered(), [STRANGER, (422, None), ADA]


def refused_without_token():
    return answered(), [(401, None), (401, None), ADA]
