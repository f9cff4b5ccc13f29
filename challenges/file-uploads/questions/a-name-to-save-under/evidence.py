"""Type and disposition of the answer."""

import tempfile
from pathlib import Path

from flask import Flask, send_file


def headers():
    documents = Path(tempfile.mkdtemp())
    (documents / "9f3c.png").write_bytes(b"\x89PNG\r\n\x1a\n<script></script>")
    app = Flask(__name__)

    @app.get("/documents")
    def show():
        return send_file(documents / "9f3c.png", download_name="cat.html")

    answer = app.test_client().get("/documents")
    return answer.headers["Content-Type"], answer.headers["Content-Disposition"]


HTML = "text/html; charset=utf-8"


def png_inline():
    return headers(), ("image/png", "inline; filename=cat.html")


def png_attachment():
    return headers(), ("image/png", "attachment; filename=cat.html")


def html_attachment():
    return headers(), (HTML, "attachment; filename=cat.html")


def unknown_attachment():
    return headers(), ("application/octet-stream", "attachment; filename=cat.html")


def html_inline():
    return headers(), (HTML, "inline; filename=cat.html")


def stored_name():
    return headers(), ("image/png", "inline; filename=9f3c.png")
