"""What the client receives and what is stored: pairs (observed, claimed), as (status, JSON, logged, SHELF)."""

import logging

from flask import Flask, request, request_finished

VIEWS_JSON = {"stored": True}


def outcome():
    shelf, logged = [], []
    app = Flask(__name__)
    app.logger.handlers = [logging.Handler()]
    app.logger.handlers[0].emit = logged.append
    app.logger.propagate = False

    @app.post("/books")
    def add():
        shelf.append(request.json["title"])
        return {"stored": True}, 201

    @request_finished.connect_via(app)
    def tell_audit(sender, response, **extra):
        raise ConnectionError("the audit service is down")

    answer = app.test_client().post("/books", json={"title": "Dune"})
    body = answer.json if answer.is_json else ("page" if answer.data else "empty")
    return answer.status_code, body, bool(logged), shelf


def logged_and_201():
    return outcome(), (201, VIEWS_JSON, True, ["Dune"])


def server_error_but_stored():
    return outcome(), (500, "page", True, ["Dune"])


def server_error_not_stored():
    return outcome(), (500, "page", True, [])


def silent_201():
    return outcome(), (201, VIEWS_JSON, False, ["Dune"])


def empty_201():
    return outcome(), (201, "empty", True, ["Dune"])


def refused_before_the_view():
    return outcome(), (500, "page", True, [])
