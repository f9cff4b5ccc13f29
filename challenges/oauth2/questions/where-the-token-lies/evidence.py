"""What the cookie gives away, and whether a changed one is taken."""

import base64
import json
import secrets
import zlib

from flask import Flask, session

TOKEN = {"access_token": "at-1", "refresh_token": "rt-1"}


def cookie():
    """Returns (what is read from a copy of the cookie without the key, the app's token for a changed copy)."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex(32)

    @app.get("/callback")
    def callback():
        session["token"] = TOKEN
        return ""

    @app.get("/token")
    def token():
        return {"token": session.get("token")}

    client = app.test_client()
    client.get("/callback")
    copy = client.get_cookie("session").value
    payload = copy.lstrip(".").split(".")[0]
    data = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    read = json.loads(zlib.decompress(data) if copy.startswith(".") else data)
    other = base64.urlsafe_b64encode(json.dumps({"token": {"access_token": "at-2"}}).encode()).rstrip(b"=").decode()
    changed = ".".join([other, *copy.lstrip(".").split(".")[1:]])
    thief = app.test_client()
    thief.set_cookie("session", changed)
    return read.get("token"), thief.get("/token").json["token"]


def nothing():
    return cookie()[0], None


def act_in_the_app():
    return cookie()[0], None


def read_and_use():
    return cookie()[0], TOKEN


def change_it():
    return cookie(), (TOKEN, {"access_token": "at-2"})


def hashed():
    return cookie()[0] != TOKEN, True
