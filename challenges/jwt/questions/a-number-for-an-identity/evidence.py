"""Both answers of the stem's app: the statuses, and what `/me` says."""

import secrets

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required


def answers():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    JWTManager(app)

    @app.post("/login")
    def login():
        return {"token": create_access_token(identity=7)}

    @app.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    client = app.test_client()
    first = client.post("/login")
    headers = {"Authorization": f"Bearer {first.json['token']}"} if first.status_code == 200 else {}
    second = client.get("/me", headers=headers)
    return first.status_code, second.status_code, second.json.get("id")


def number_back():
    return answers(), (200, 200, 7)


def string_back():
    return answers(), (200, 200, "7")


def login_fails():
    return answers(), (500, 401, None)


def refused_422():
    return answers(), (200, 422, None)


def refused_401():
    return answers(), (200, 401, None)


def crash_500():
    return answers(), (200, 500, None)
