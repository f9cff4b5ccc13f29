"""What best_match returns for the four headers: pairs (observed, claimed)."""

from flask import Flask, request

HEADERS = "application/json;q=0.4, text/csv;q=0.5", "*/*", "text/*", "image/png"
JSON, CSV = "application/json", "text/csv"


def observed():
    app = Flask(__name__)

    def best(header):
        with app.test_request_context(headers={"Accept": header}):
            return request.accept_mimetypes.best_match([JSON, CSV])

    return tuple(best(header) for header in HEADERS)


def server_order():
    return observed(), (JSON, JSON, CSV, None)


def no_wildcards():
    return observed(), (CSV, None, None, None)


def fallback():
    return observed(), (CSV, JSON, CSV, JSON)


def only_full_wildcard():
    return observed(), (CSV, JSON, None, None)


def last_wins():
    return observed(), (CSV, CSV, CSV, None)


def quality():
    return observed(), (CSV, JSON, CSV, None)
