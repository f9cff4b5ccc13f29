"""Which view is answered with 500: pairs (its status, the claimed 500)."""

import logging

from flask import Flask


def status(value):
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: value)
    return app.test_client().get("/").status_code


def empty_text():
    return status(("", 204)), 500


def empty_list():
    return status(([], 200)), 500


def none_body():
    return status((None, 204)), 500


def dict_with_headers():
    return status(({}, {"X-Api": "2"})), 500


def status_line():
    return status(("ok", "202 Accepted")), 500


def raw_bytes():
    return status((b"\x00\x01", 200)), 500
