"""Which of the four headers the 304 brings: pairs (observed, claimed)."""

from datetime import UTC, datetime

from flask import Flask, jsonify, request

NAMES = "Cache-Control", "ETag", "Last-Modified", "X-Total"


def observed():
    app = Flask(__name__)
    rows = ["Emma", "Persuasion"]

    @app.get("/books")
    def books():
        response = jsonify(rows)
        response.last_modified = datetime(2031, 5, 4, tzinfo=UTC)
        response.cache_control.max_age = 60
        response.headers["X-Total"] = str(len(rows))
        response.add_etag()
        return response.make_conditional(request)

    client = app.test_client()
    first = client.get("/books")
    second = client.get("/books", headers={"If-None-Match": first.headers["ETag"]})
    return second.status_code, {name for name in NAMES if name in second.headers}


def validators_alone():
    return observed(), (304, {"ETag", "Last-Modified"})


def known_headers():
    return observed(), (304, {"Cache-Control", "ETag"})


def without_body_headers():
    return observed(), (304, {"Cache-Control", "ETag", "X-Total"})


def tag_alone():
    return observed(), (304, {"ETag"})


def all_four():
    return observed(), (304, set(NAMES))


def own_header_dropped():
    return observed(), (304, {"Cache-Control", "ETag", "Last-Modified"})
