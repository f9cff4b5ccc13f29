"""How the four requests are answered, in order."""

import secrets

from flask import Flask, jsonify
from flask_jwt_extended import JWTManager, create_access_token, jwt_required, set_access_cookies


def statuses():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
    JWTManager(app)

    @app.post("/login")
    def login():
        response = jsonify(ok=True)
        set_access_cookies(response, create_access_token("ada"))
        return response

    @app.get("/balance")
    @jwt_required()
    def balance():
        return {"balance": 100}

    @app.post("/pay")
    @jwt_required()
    def pay():
        return {"paid": True}

    browser = app.test_client()
    browser.post("/login")
    header = {"X-CSRF-TOKEN": browser.get_cookie("csrf_access_token").value}
    both = (browser.get("/balance"), browser.post("/pay"), browser.post("/pay", headers=header))
    browser.delete_cookie("csrf_access_token")
    return tuple(response.status_code for response in (*both, browser.post("/pay", headers=header)))


def cookies_suffice():
    return statuses(), (200, 200, 200, 200)


def csrf_cookie_suffices():
    return statuses(), (200, 200, 200, 401)


def header_against_cookie():
    return statuses(), (200, 401, 200, 401)


def header_against_claim():
    return statuses(), (200, 401, 200, 200)


def get_as_well():
    return statuses(), (401, 401, 200, 200)


def bad_request():
    return statuses(), (200, 400, 200, 400)
