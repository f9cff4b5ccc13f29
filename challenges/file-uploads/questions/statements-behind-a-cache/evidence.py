"""Whether the header for caching says `public`: for a statement, and for a static file."""

import tempfile
from pathlib import Path

from flask import Flask, send_file

CLAIMED = (False, True)


def public(response):
    home = Path(tempfile.mkdtemp())
    (home / "static").mkdir()
    (home / "static" / "site.css").write_text("a {}")
    path = home / "7.pdf"
    path.write_bytes(b"%PDF")
    app = Flask("shop", root_path=home)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.add_url_rule("/statement", "statement", lambda: response(path))
    client = app.test_client()
    return tuple(client.get(address).cache_control.public is True for address in ("/statement", "/static/site.css"))


def none_age():
    return public(lambda path: send_file(path, conditional=True, max_age=None)), CLAIMED


def no_etag():
    return public(lambda path: send_file(path, etag=False, last_modified=None)), CLAIMED


def unconditional():
    return public(lambda path: send_file(path, etag=False, conditional=False)), CLAIMED


def attachment():
    return public(lambda path: send_file(path, etag=False, as_attachment=True)), CLAIMED


def open_file():
    return public(lambda path: send_file(path.open("rb"), "application/pdf")), CLAIMED


def zero_age():
    return public(lambda path: send_file(path, conditional=True, max_age=0)), CLAIMED
