"""Two uploads of the same name: the second answer's status and the folder's content."""

import io
import tempfile
from pathlib import Path

from flask import Flask, request
from werkzeug.utils import secure_filename


def outcome():
    invoices = Path(tempfile.mkdtemp())
    app = Flask(__name__)

    @app.post("/invoices")
    def add():
        file = request.files["invoice"]
        file.save(invoices / secure_filename(file.filename))
        return "", 201

    client = app.test_client()
    for content in (b"Ada", b"Bob"):
        answer = client.post("/invoices", data={"invoice": (io.BytesIO(content), "invoice.pdf")})
    return answer.status_code, {path.name: path.read_bytes() for path in invoices.iterdir()}


def numbered():
    return outcome(), (201, {"invoice.pdf": b"Ada", "invoice_1.pdf": b"Bob"})


def refused():
    return outcome(), (500, {"invoice.pdf": b"Ada"})


def first_one_stays():
    return outcome(), (201, {"invoice.pdf": b"Ada"})


def appended():
    return outcome(), (201, {"invoice.pdf": b"AdaBob"})


def conflict():
    return outcome(), (409, {"invoice.pdf": b"Ada"})


def silently_replaced():
    return outcome(), (201, {"invoice.pdf": b"Bob"})
