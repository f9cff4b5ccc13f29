"""Whether an expression has the same value for the same bytes under different headers of the part."""

import mimetypes
import os

from flask import Flask, request

CONTENT = bytes(40_000)
HEADERS = [
    b'filename="a.png"\r\nContent-Type: image/png\r\nContent-Length: 7',
    b'filename="b.pdf"\r\nContent-Type: application/pdf\r\nContent-Length: 99999',
]


def constant(expression):
    app = Flask(__name__)
    values = []

    @app.post("/")
    def add():
        values.append(expression(request.files["photo"]))
        return ""

    for headers in HEADERS:
        head = b'--X\r\nContent-Disposition: form-data; name="photo"; '
        body = head + headers + b"\r\n\r\n" + CONTENT + b"\r\n--X--\r\n"
        app.test_client().post("/", data=body, content_type="multipart/form-data; boundary=X")
    return values[0] == values[1]


def part_length():
    return constant(lambda file: file.content_length), True


def mimetype():
    return constant(lambda file: file.mimetype), True


def guessed_type():
    return constant(lambda file: mimetypes.guess_type(file.filename)), True


def end_of_stream():
    return constant(lambda file: file.seek(0, os.SEEK_END)), True


def suffix():
    return constant(lambda file: os.path.splitext(file.filename)[1]), True


def shown_text():
    return constant(lambda file: repr(file)), True
