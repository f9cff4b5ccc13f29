"""The answers to the three requests: pairs (observed, claimed)."""

import itertools

from flask import Flask, abort, jsonify, request


def observed():
    app = Flask(__name__)
    rows = {7: {"text": "old", "etag": "v4"}}
    versions = itertools.count(5)

    @app.route("/pages/<int:number>", methods=["GET", "PUT"])
    def page(number):
        row = rows[number]
        if request.method == "GET":
            response = jsonify(text=row["text"])
            response.set_etag(row["etag"])
            return response.make_conditional(request)
        if row["etag"] not in request.if_match:
            abort(412)
        row.update(text=request.get_json()["text"], etag=f"v{next(versions)}")
        return "", 204

    client = app.test_client()
    return (
        client.get("/pages/7", headers={"If-None-Match": 'W/"v4"'}).status_code,
        client.put("/pages/7", json={"text": "new"}, headers={"If-Match": 'W/"v4"'}).status_code,
        client.put("/pages/7", json={"text": "new"}, headers={"If-Match": '"v4"'}).status_code,
    )


def never_weak():
    return observed(), (200, 412, 204)


def weak_is_enough():
    return observed(), (304, 204, 204)


def by_header():
    return observed(), (304, 412, 204)


def other_way_round():
    return observed(), (200, 204, 204)


def saved_once():
    return observed(), (304, 204, 412)


def weak_everywhere():
    return observed(), (304, 412, 412)
