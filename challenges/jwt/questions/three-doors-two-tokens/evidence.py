"""Which routes of the stem open for which token."""

import secrets

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, create_refresh_token, jwt_required


def opened():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    JWTManager(app)

    @app.get("/a")
    @jwt_required()
    def a():
        return "", 204

    @app.get("/b")
    @jwt_required(refresh=True)
    def b():
        return "", 204

    @app.get("/c")
    @jwt_required(verify_type=False)
    def c():
        return "", 204

    with app.app_context():
        tokens = create_access_token("7"), create_refresh_token("7")
    client = app.test_client()
    found = []
    for token in tokens:
        headers = {"Authorization": f"Bearer {token}"}
        found.append("".join(name for name in "abc" if client.get(f"/{name}", headers=headers).status_code == 204))
    return tuple(found)


def refresh_everywhere():
    return opened(), ("ac", "abc")


def access_everywhere():
    return opened(), ("abc", "bc")


def each_its_own():
    return opened(), ("a", "b")


def types_asked():
    return opened(), ("ac", "bc")


def type_unknown():
    return opened(), ("ab", "ab")


def all_alike():
    return opened(), ("abc", "abc")
