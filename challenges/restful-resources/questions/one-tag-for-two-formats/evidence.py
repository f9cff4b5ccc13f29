"""(JSON's tag gets the CSV, the CSV's own tag gets 304): pairs (observed, claimed)."""

import uuid
from datetime import UTC, datetime

from flask import Flask, Response, jsonify, request

CLAIMED = (True, True)


def observed(tag):
    app = Flask(__name__)

    @app.get("/sales")
    def sales():
        version = "v7"
        best = request.accept_mimetypes.best_match(["application/json", "text/csv"])
        response = Response("a,b", mimetype="text/csv") if best == "text/csv" else jsonify(a=1)
        tag(response, version, best)
        response.vary.add("Accept")
        return response.make_conditional(request)

    client = app.test_client()

    def ask(kind, known=None):
        return client.get("/sales", headers={"Accept": kind} | ({"If-None-Match": known} if known else {}))

    as_json, as_csv = ask("application/json"), ask("text/csv")
    crossed = ask("text/csv", as_json.headers["ETag"])
    own = ask("text/csv", as_csv.headers["ETag"])
    return (crossed.status_code, crossed.text) == (200, "a,b"), own.status_code == 304


def weak():
    return observed(lambda response, version, best: response.set_etag(version, weak=True)), CLAIMED


def hash_after():
    def tag(response, version, best):
        response.set_etag(version)
        response.add_etag()

    return observed(tag), CLAIMED


def vary_none_match():
    def tag(response, version, best):
        response.set_etag(version)
        response.vary.add("If-None-Match")

    return observed(tag), CLAIMED


def last_modified():
    changed = datetime(2031, 5, 4, tzinfo=UTC)

    def tag(response, version, best):
        response.set_etag(version)
        response.last_modified = changed

    return observed(tag), CLAIMED


def per_format():
    return observed(lambda response, version, best: response.set_etag(f"{version}-{best}")), CLAIMED


def random():
    return observed(lambda response, version, best: response.set_etag(f"{version}-{uuid.uuid4()}")), CLAIMED
