"""Whether Mallory gets in with the password and the cookie that she is sent, and nothing else."""

import base64
import json
import secrets
import zlib
from types import SimpleNamespace

from flask import Flask, abort, redirect, request, session

SITE = "https://shop.example"


def gets_in():
    """Mallory's way: read the cookie as text, without the key, and enter what it says."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_SECURE=True)
    mails = []

    def user_with_password(name, password):
        return SimpleNamespace(id=7, email="ada@shop.example") if (name, password) == ("ada", "pw") else None

    def send_mail(address, text):
        mails.append(text)

    @app.post("/login")
    def login():
        user = user_with_password(request.form["name"], request.form["password"])
        if user is None:
            abort(401)
        code = f"{secrets.randbelow(10**6):06}"
        session["pending"] = {"user_id": user.id, "code": code}
        send_mail(user.email, f"Your code is {code}.")
        return redirect("/code")

    @app.post("/code")
    def enter_code():
        pending = session.pop("pending", None)
        if pending is None or request.form["code"] != pending["code"]:
            abort(401)
        session["user_id"] = pending["user_id"]
        return redirect("/")

    @app.get("/")
    def home():
        return str(session.get("user_id"))

    mallory = app.test_client()
    answer = mallory.post("/login", data={"name": "ada", "password": "pw"}, base_url=SITE)
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    text = mallory.get_cookie("session", "shop.example").value
    compressed = text.startswith(".")
    payload = text.lstrip(".").split(".")[0]
    payload = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    values = json.loads(zlib.decompress(payload) if compressed else payload)
    mallory.post("/code", data={"code": values["pending"]["code"]}, base_url=SITE)
    return mallory.get("/", base_url=SITE).text == "7"


def the_key():
    return gets_in(), False


def the_server():
    return gets_in(), False


def a_script():
    return gets_in(), False


def nothing_more():
    return gets_in(), True


def adas_browser():
    return gets_in(), False


def the_connection():
    return gets_in(), False
