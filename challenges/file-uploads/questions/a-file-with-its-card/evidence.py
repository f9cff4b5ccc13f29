"""What each expression gives in a view for the request of the stem: a value, a status or an exception."""

import json

from flask import Flask, request

BODY = """--X
Content-Disposition: form-data; name="card"; filename="blob"
Content-Type: application/json

{"title": "Kind of Blue"}
--X
Content-Disposition: form-data; name="sound"; filename="so-what.flac"
Content-Type: audio/flac

fLaC
--X--
""".replace("\n", "\r\n")


def value(expression):
    app = Flask(__name__)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    found = []

    @app.post("/records")
    def add():
        found.append(expression())
        return "", 201

    try:
        answer = app.test_client().post("/records", data=BODY, content_type="multipart/form-data; boundary=X")
    except (AttributeError, ValueError) as error:
        return type(error)
    return found[0] if found else answer.status_code


def form_text():
    return value(lambda: json.loads(request.form["card"])["title"]), "Kind of Blue"


def request_json():
    return value(lambda: request.get_json()["card"]["title"]), "Kind of Blue"


def forced_json():
    return value(lambda: request.get_json(force=True)["card"]["title"]), "Kind of Blue"


def file_as_json():
    return value(lambda: json.load(request.files["card"])["title"]), "Kind of Blue"


def file_json():
    return value(lambda: request.files["card"].json["title"]), "Kind of Blue"


def raw_data():
    return value(lambda: json.loads(request.data)["card"]["title"]), "Kind of Blue"
