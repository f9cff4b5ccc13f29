"""What a browser makes of the logo, by the rules for Content-Disposition and Content-Type.

A document in a tab runs scripts if it is shown inline and is of a type that has scripts; an image is drawn whatever its
disposition is, if its type is one of images.
"""

import tempfile
from pathlib import Path

from flask import Flask, send_from_directory

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
CLAIMED = (False, True)  # runs in a tab, is drawn in pages


def outcome(accept=lambda content: True, header=None, config=None, **arguments):
    logos = Path(tempfile.mkdtemp())
    if accept(DRAWING):
        (logos / "9f3c.svg").write_bytes(DRAWING)
    app = Flask(__name__)
    app.config.update(config or {})

    @app.get("/logos/<name>")
    def logo(name):
        response = send_from_directory(logos, name, **arguments)
        response.headers.update(header or {})
        return response

    answer = app.test_client().get("/logos/9f3c.svg")
    if answer.status_code != 200:
        return False, True
    inline = not answer.headers.get("Content-Disposition", "inline").startswith("attachment")
    return inline and answer.mimetype in ("image/svg+xml", "text/html"), answer.mimetype == "image/svg+xml"


def nosniff():
    return outcome(header={"X-Content-Type-Options": "nosniff"}), CLAIMED


def as_text():
    return outcome(mimetype="text/plain"), CLAIMED


def attachment():
    return outcome(as_attachment=True), CLAIMED


def as_svg():
    return outcome(mimetype="image/svg+xml"), CLAIMED


def no_script_tag():
    return outcome(accept=lambda content: b"<script" not in content.lower()), CLAIMED


def http_only():
    return outcome(config={"SESSION_COOKIE_HTTPONLY": True}), CLAIMED
