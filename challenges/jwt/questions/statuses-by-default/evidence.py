"""How the four requests are answered: pairs of four status codes."""

import secrets
from datetime import timedelta

import jwt as pyjwt
from flask import Flask
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt_identity,
    jwt_required,
)

KEY = secrets.token_hex(32)


def answered():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = KEY
    JWTManager(app)

    @app.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    with app.app_context():
        good = create_access_token("42")
        expired = create_access_token("42", expires_delta=timedelta(seconds=-60))
        refresh = create_refresh_token("42")
    claims = pyjwt.decode(good, options={"verify_signature": False})
    foreign = pyjwt.encode(claims, secrets.token_hex(32), algorithm="HS256")
    client = app.test_client()

    def status(token):
        return client.get("/me", headers={"Authorization": f"Bearer {token}"}).status_code

    return client.get("/me").status_code, status(expired), status(foreign), status(refresh)


def all_401():
    return answered(), (401, 401, 401, 401)


def invalid_422():
    return answered(), (401, 401, 422, 422)


def sent_is_422():
    return answered(), (401, 422, 422, 422)


def refresh_opens():
    return answered(), (401, 401, 422, 200)


def wrong_type_403():
    return answered(), (401, 401, 401, 403)


def wrong_type_401():
    return answered(), (401, 401, 422, 401)
