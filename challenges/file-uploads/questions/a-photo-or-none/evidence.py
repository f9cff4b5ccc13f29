"""Each condition with a chosen file, an empty input and no field at all: (status, something was saved)."""

import io

from flask import Flask, redirect, request

CLAIMED = [(302, True), (302, False), (302, False)]


def outcome(condition):
    app = Flask(__name__)
    saved = []

    @app.post("/profile")
    def update():
        if condition():
            target = io.BytesIO()
            request.files["photo"].save(target)
            saved.append(target)
        return redirect("/profile")

    client = app.test_client()
    seen = []
    for fields in ({"photo": (io.BytesIO(b"JPEG"), "me.jpg")}, {"photo": (io.BytesIO(), "")}, {}):
        saved.clear()
        answer = client.post("/profile", data={"name": "Ada", **fields}, content_type="multipart/form-data")
        seen.append((answer.status_code, bool(saved)))
    return seen


def key_is_there():
    return outcome(lambda: "photo" in request.files), CLAIMED


def not_none():
    return outcome(lambda: request.files.get("photo") is not None), CLAIMED


def name_by_key():
    return outcome(lambda: request.files["photo"].filename != ""), CLAIMED


def truth_of_get():
    return outcome(lambda: request.files.get("photo")), CLAIMED


def list_of_files():
    return outcome(lambda: len(request.files.getlist("photo")) > 0), CLAIMED


def declared_length():
    return outcome(lambda: request.files["photo"].content_length), CLAIMED
