"""What happens: pairs of (statuses that the hook saw, what the server got: the body or the exception's type)."""

import logging

from flask import Flask, abort
from werkzeug.exceptions import NotFound
from werkzeug.test import create_environ

ARCHIVE = {2024: ["01-01,5\n"]}
JSON = b'{"error":"not found"}\n'


def happened():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    statuses = []

    @app.errorhandler(404)
    def missing(error):
        return {"error": "not found"}, 404

    @app.after_request
    def count(response):
        statuses.append(response.status_code)
        return response

    @app.get("/export/<int:year>")
    def export(year):
        if year not in ARCHIVE:
            abort(404)
        yield "day,amount\n"
        yield from ARCHIVE[year]

    body = app(create_environ("/export/1999"), lambda status, headers: None)
    try:
        return statuses, b"".join(body)
    except Exception as error:
        return statuses, type(error)


def check_runs_first():
    return happened(), ([404], JSON)


def flask_swaps():
    return happened(), ([200], JSON)


def reaches_the_server():
    return happened(), ([200], NotFound)


def hook_left_out():
    return happened(), ([], NotFound)


def no_generator_views():
    statuses, got = happened()
    return (statuses, isinstance(got, bytes)), ([500], True)


def quiet_end():
    return happened(), ([200], b"")
