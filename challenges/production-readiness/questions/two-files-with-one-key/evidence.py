"""What the person of the stem sees: pairs (observed, claimed)."""

import tempfile
from pathlib import Path

from flask import Flask, session


def container(key):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = key

    @app.post("/login")
    def login():
        session["user"] = "Ada"
        return "welcome"

    @app.get("/")
    def index():
        return "in" if session.get("user") else "out"

    return app


def pages():
    """What six pages show after a login; the two containers answer in turn, and the browser has one cookie."""
    apps = []
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(("k" * 40, "k" * 40 + "\n")):
            file = Path(folder, str(number))
            file.write_text(text)
            apps.append(container(file.read_text()))
    cookie = apps[0].test_client().post("/login").headers["Set-Cookie"].split(";")[0]
    seen = []
    for number in range(1, 7):
        answer = apps[number % 2].test_client(use_cookies=False).get("/", headers={"Cookie": cookie})
        if "Set-Cookie" in answer.headers:
            cookie = answer.headers["Set-Cookie"].split(";")[0]
        seen.append(answer.text if answer.status_code == 200 else answer.status_code)
    return seen


def in_for_all():
    return pages(), ["in"] * 6


def out_for_good():
    return pages(), ["out"] * 6


def errors():
    return pages(), [500, "in"] * 3


def one_starts():
    return pages(), [502, "in"] * 3


def alternating():
    return pages(), ["out", "in"] * 3


def out_for_all():
    return pages(), ["out"] * 6
