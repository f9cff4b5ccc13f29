"""The answer to two files of 600 000 bytes each, and the sizes of the files that are in the folder afterwards."""

import io
import tempfile
from pathlib import Path
from uuid import uuid4

from flask import Flask, request


def outcome():
    uploads = Path(tempfile.mkdtemp())
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000

    @app.post("/attachments")
    def add():
        for file in request.files.getlist("attachment"):
            file.save(uploads / uuid4().hex)
        return "", 201

    files = [(io.BytesIO(bytes(600_000)), f"{n}.bin") for n in range(2)]
    status = app.test_client().post("/attachments", data={"attachment": files}).status_code
    return status, sorted(path.stat().st_size for path in uploads.iterdir())


def both_are_saved():
    return outcome(), (201, [600_000, 600_000])


def first_is_saved():
    return outcome(), (413, [600_000])


def second_is_dropped():
    return outcome(), (201, [600_000])


def second_is_cut():
    return outcome(), (201, [300_000, 600_000])


def nothing_is_saved():
    return outcome(), (413, [])


def bad_request():
    return outcome(), (400, [])
