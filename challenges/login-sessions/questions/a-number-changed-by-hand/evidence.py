"""What /me answers to a cookie whose payload was changed: (status, user id, kind of Set-Cookie)."""

import base64
import json
import secrets

from flask import Flask, session


def answer():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    @app.post("/login")
    def login():
        session["user_id"] = 7
        return "", 204

    @app.get("/me")
    def me():
        return {"user_id": session.get("user_id")}

    ada = app.test_client()
    ada.post("/login")
    payload, rest = ada.get_cookie("session").value.split(".", 1)
    values = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert values == {"user_id": 7}
    changed = json.dumps({"user_id": 1}, separators=(",", ":")).encode()
    payload = base64.urlsafe_b64encode(changed).decode().rstrip("=")
    response = app.test_client(use_cookies=False).get("/me", headers={"Cookie": f"session={payload}.{rest}"})
    header = response.headers.get("Set-Cookie")
    kind = "none" if header is None else "deleted" if "Max-Age=0" in header else "set"
    return response.status_code, response.json and response.json["user_id"], kind


def as_changed():
    return answer()[:2], (200, 1)


def empty_session():
    return answer(), (200, None, "none")


def cookie_deleted():
    return answer(), (200, None, "deleted")


def as_before():
    return answer(), (200, 7, "set")


def bad_request():
    return answer()[0], 400


def server_error():
    return answer()[0], 500
