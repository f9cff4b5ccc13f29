"""Types of what is accepted of some attacks, and whether a real picture is accepted."""

import io
import mimetypes
import struct
import tempfile
import zlib
from pathlib import Path
from uuid import uuid4

from flask import Flask, abort, request, send_from_directory
from werkzeug.utils import secure_filename

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
REAL = PNG + HEADER + chunk(b"IDAT", zlib.compress(bytes(2))) + chunk(b"IEND")
PAGE = PNG + b"<!doctype html><script>alert(1)</script>" + chunk(b"IEND")
ATTACKS = [
    ("page.html", "image/png"),
    ("page.HTML", "image/png"),
    ("page.html", "text/html"),
    ("page.png", "text/html"),
]
CLAIMED = ({"image/png"}, True)


def outcome(name=lambda file: uuid4().hex + Path(file.filename).suffix, refused=lambda file: False):
    pictures = Path(tempfile.mkdtemp())
    app = Flask(__name__)

    @app.post("/pictures")
    def add():
        file = request.files["picture"]
        if file.read(8) != PNG:
            abort(415)
        file.seek(0)
        if refused(file):
            abort(415)
        file.seek(0)
        stored = name(file)
        file.save(pictures / stored)
        return {"name": stored}, 201

    @app.get("/pictures/<name>")
    def show(name):
        return send_from_directory(pictures, name)

    client = app.test_client()

    def post(content, filename, content_type):
        return client.post("/pictures", data={"picture": (io.BytesIO(content), filename, content_type)})

    answers = [post(PAGE, *attack) for attack in ATTACKS]
    types = {client.get("/pictures/" + answer.json["name"]).mimetype for answer in answers if answer.status_code == 201}
    real = post(REAL, "Holiday.PNG", "image/png")
    return types, real.status_code == 201 and client.get("/pictures/" + real.json["name"]).data == REAL


def secure_name():
    return outcome(lambda file: uuid4().hex + secure_filename(file.filename)), CLAIMED


def own_extension():
    return outcome(lambda file: uuid4().hex + ".png"), CLAIMED


def lower_suffix():
    return outcome(lambda file: uuid4().hex + Path(file.filename).suffix.lower()), CLAIMED


def declared_type():
    return outcome(refused=lambda file: file.mimetype != "image/png"), CLAIMED


def guessed_extension():
    return outcome(lambda file: uuid4().hex + mimetypes.guess_extension(file.mimetype)), CLAIMED


def last_bytes():
    return outcome(refused=lambda file: not file.read().endswith(chunk(b"IEND"))), CLAIMED
