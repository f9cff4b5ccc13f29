"""The two answers and the credits afterwards."""

import io
import tempfile
from pathlib import Path
from uuid import uuid4

from flask import Flask, request

DOCUMENTS = Path(tempfile.gettempdir())


def outcome():
    credits = {"ada": 10}
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000

    @app.post("/documents")
    def add():
        credits["ada"] -= 1
        file = request.files["document"]
        file.save(DOCUMENTS / uuid4().hex)
        return "", 201

    @app.post("/ping")
    def ping():
        return "pong"

    client = app.test_client()

    def post(path):
        return client.post(path, data={"document": (io.BytesIO(bytes(5_000)), "a.bin")}).status_code

    return post("/documents"), post("/ping"), credits["ada"]


def refused_at_once():
    return outcome(), (413, 413, 10)


def both_by_the_view():
    return outcome(), (413, 413, 9)


def before_the_view():
    return outcome(), (413, 200, 10)


def as_a_crash():
    return outcome(), (500, 200, 9)


def raised_in_the_view():
    return outcome(), (413, 200, 9)


def missing_file():
    return outcome(), (400, 200, 9)
