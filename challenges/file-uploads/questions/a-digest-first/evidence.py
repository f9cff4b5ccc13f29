"""What is saved after the digest was computed, with each additional line."""

import hashlib
import io
import tempfile
from pathlib import Path

from flask import Flask, request
from werkzeug.datastructures import FileStorage

CONTENT = b"forty-two " * 10


def stored(line):
    folder = Path(tempfile.mkdtemp())
    app = Flask(__name__)

    @app.post("/documents")
    def add():
        file = request.files["document"]
        digest = hashlib.sha256(file.read()).hexdigest()
        file = line(file) or file
        file.save(folder / digest)
        return {"digest": digest}, 201

    app.test_client().post("/documents", data={"document": (io.BytesIO(CONTENT), "answer.txt")})
    return [path.read_bytes() for path in folder.iterdir()]


def look_up_again():
    return stored(lambda file: request.files["document"]), [CONTENT]


def seek():
    file_seek = stored(lambda file: file.seek(0) and None)
    return file_seek, [CONTENT]


def wrap_again():
    return stored(lambda file: FileStorage(file.stream)), [CONTENT]


def flush():
    return stored(lambda file: file.flush()), [CONTENT]


def close():
    return stored(lambda file: file.close()), [CONTENT]


def truncate():
    return stored(lambda file: file.truncate(0) and None), [CONTENT]
