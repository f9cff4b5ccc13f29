"""The statuses of the four requests, as curl sends them."""

import io

from flask import Flask, request


def statuses():
    app = Flask(__name__)

    @app.post("/notes")
    def add():
        file = request.files["file"]
        return f"{len(file.read())} bytes"

    client = app.test_client()
    multipart = {"content_type": "multipart/form-data"}
    return [
        client.post("/notes", data={"file": (io.BytesIO(b"hello"), "note.txt")}, **multipart).status_code,
        client.post("/notes", data={"note": (io.BytesIO(b"hello"), "note.txt")}, **multipart).status_code,
        client.post("/notes", data={"file": "hello"}, **multipart).status_code,
        client.post("/notes", data=b"hello", content_type="application/x-www-form-urlencoded").status_code,
    ]


def key_errors():
    return statuses(), [200, 500, 500, 500]


def text_counts():
    return statuses(), [200, 400, 200, 400]


def only_a_file_part():
    return statuses(), [200, 400, 400, 400]


def media_type():
    return statuses(), [200, 400, 400, 415]


def body_counts():
    return statuses(), [200, 400, 400, 200]


def none_instead():
    return statuses(), [200, 500, 200, 500]
