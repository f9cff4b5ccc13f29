"""Where a file with the given name is written: "outside" of the uploads, "inside", or nowhere."""

import os
import tempfile
from pathlib import Path

from flask import Flask, request


def written(filename):
    shop = Path(tempfile.mkdtemp())
    uploads = shop / "uploads"
    uploads.mkdir()
    app = Flask(__name__)

    @app.post("/notes")
    def add():
        file = request.files["note"]
        name = file.filename.replace("../", "")
        file.save(os.path.join(uploads, name))
        return "", 201

    filename = filename.replace("/srv/shop", str(shop))
    head = f'--X\r\nContent-Disposition: form-data; name="note"; filename="{filename}"\r\n\r\n'
    body = head.encode() + b"text\r\n--X--\r\n"
    app.test_client().post("/notes", data=body, content_type="multipart/form-data; boundary=X")
    files = [path for path in shop.rglob("*") if path.is_file()]
    return ["inside" if uploads in path.parents else "outside" for path in files]


def plain():
    return written("../notes.txt"), ["outside"]


def nested():
    return written("....//notes.txt"), ["outside"]


def encoded():
    return written("%2e%2e%2fnotes.txt"), ["outside"]


def backslash():
    return written("..\\notes.txt"), ["outside"]


def absolute():
    return written("/srv/shop/notes.txt"), ["outside"]


def home():
    return written("~/notes.txt"), ["outside"]
