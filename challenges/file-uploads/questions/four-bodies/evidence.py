"""The statuses of the four bodies under the default limits."""

import io

from flask import Flask, request


def statuses():
    app = Flask(__name__)

    @app.post("/survey")
    def survey():
        return {"fields": len(request.form), "files": len(request.files)}

    client = app.test_client()
    multipart, urlencoded = "multipart/form-data", "application/x-www-form-urlencoded"

    def post(data, content_type):
        return client.post("/survey", data=data, content_type=content_type).status_code

    return [
        post({"text": "x" * 600_000}, multipart),
        post({"file": (io.BytesIO(bytes(600_000)), "a.bin")}, multipart),
        post({"text": "x" * 600_000}, urlencoded),
        post({f"field{n}": "x" for n in range(1_001)}, multipart),
    ]


def memory_for_all():
    return statuses(), [413, 413, 413, 413]


def text_and_parts():
    return statuses(), [413, 200, 200, 413]


def memory_for_forms():
    return statuses(), [413, 200, 413, 413]


def no_limits():
    return statuses(), [200, 200, 200, 200]


def sizes_only():
    return statuses(), [413, 413, 200, 200]


def fields_and_parts():
    return statuses(), [413, 200, 413, 200]
