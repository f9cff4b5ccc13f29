"""Which tokens each body of the loader lets in: from before, from after, signed with a key of somebody else's."""

import secrets

import jwt as pyjwt
from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required

OLD, NEW = secrets.token_hex(32), secrets.token_hex(32)
THEIRS = "a key that somebody else has chosen, of some length"


def accepted(body):
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = OLD
    jwt = JWTManager(app)

    @app.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    with app.app_context():
        before = create_access_token("7")
        app.config["JWT_SECRET_KEY"] = NEW
        after = create_access_token("7", additional_headers={"kid": "new"})
    jwt.decode_key_loader(body)
    claims = pyjwt.decode(after, options={"verify_signature": False})
    forged = [
        pyjwt.encode(claims, THEIRS, algorithm="HS256", headers=headers)
        for headers in ({}, {"kid": "new"}, {"kid": "old"}, {"kid": THEIRS})
    ]
    client = app.test_client()

    def opens(token):
        return client.get("/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200

    return opens(before), opens(after), any(map(opens, forged))


RIGHT = (True, True, False)


def new_alone():
    return accepted(lambda header, payload: NEW), RIGHT


def first_that_is_true():
    return accepted(lambda header, payload: NEW or OLD), RIGHT


def key_from_header():
    return accepted(lambda header, payload: header.get("kid", OLD)), RIGHT


def choose():
    return accepted(lambda header, payload: NEW if header.get("kid") == "new" else OLD), RIGHT


def index():
    return accepted(lambda header, payload: {"old": OLD, "new": NEW}[header["kid"]]), RIGHT


def both():
    return accepted(lambda header, payload: [NEW, OLD]), RIGHT
