"""What the script's request does: (address changed, status, may the script read the answer)."""

import secrets
from types import SimpleNamespace

from flask import Flask, abort, request, session
from flask_cors import CORS


def outcome():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    CORS(app, origins=["https://app.example"], supports_credentials=True)
    users = {"ada": SimpleNamespace(email="ada@mail.example")}

    @app.post("/email")
    def change_email():
        if "user_id" not in session:
            abort(401)
        users[session["user_id"]].email = request.form["email"]
        return {"email": request.form["email"]}

    browser = app.test_client()
    with browser.session_transaction(base_url="https://api.test") as stored:
        stored["user_id"] = "ada"
    # A POST with a URL-encoded body needs no preflight.
    response = browser.post(
        "/email",
        base_url="https://api.test",
        data={"email": "mallory@evil.example"},
        headers={"Origin": "https://evil.example", "Referer": "https://evil.example/"},
    )
    readable = response.headers.get("Access-Control-Allow-Origin") == "https://evil.example"
    return users["ada"].email == "mallory@evil.example", response.status_code, readable


def preflight():
    return outcome(), (False, None, False)


def forbidden():
    return outcome(), (False, 403, False)


def empty_answer():
    return outcome(), (False, 200, False)


def no_cookie():
    return outcome(), (False, 401, False)


def changed_and_read():
    return outcome(), (True, 200, True)


def changed_unread():
    return outcome(), (True, 200, False)
