"""Which calls of the test client are answered with 201."""

import os
import tempfile
from io import BytesIO

from flask import Flask, request

PNG = b"\x89PNG\r\n\x1a\n"


def status(**arguments):
    app = Flask(__name__)

    @app.post("/photos")
    def add():
        request.files["photo"].save(BytesIO())
        return "", 201

    os.chdir(tempfile.mkdtemp())
    try:
        return app.test_client().post("/photos", **arguments).status_code
    except (TypeError, OSError) as error:
        return type(error)


def requests_style():
    return status(files={"photo": ("cat.png", BytesIO(PNG))}), 201


def stream_and_name():
    return status(data={"photo": (BytesIO(PNG), "cat.png")}), 201


def name_first():
    return status(data={"photo": ("cat.png", BytesIO(PNG))}), 201


def bytes_as_value():
    return status(data={"photo": PNG}, content_type="multipart/form-data"), 201


def stream_without_name():
    return status(data={"photo": BytesIO(PNG)}, buffered=True), 201


def stream_as_body():
    return status(data=BytesIO(PNG), content_type="multipart/form-data"), 201
