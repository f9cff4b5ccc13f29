"""What the three views answer with each line: pairs of (status, Cache-Control, JSON or location) per view."""

import logging
from functools import wraps

from flask import Flask, Response, jsonify, make_response, redirect

RIGHT = [(200, "no-store", {"id": 7}), (201, "no-store", {"id": 7}), (302, "no-store", "/")]


def answers(convert):
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)

    def no_store(view):
        @wraps(view)
        def wrapper(**values):
            response = convert(app, view, values)
            response.headers["Cache-Control"] = "no-store"
            return response

        return wrapper

    @app.get("/dict")
    @no_store
    def as_dict():
        return {"id": 7}

    @app.get("/tuple")
    @no_store
    def as_tuple():
        return {"id": 7}, 201

    @app.get("/redirect")
    @no_store
    def as_response():
        return redirect("/")

    found = []
    for path in ("/dict", "/tuple", "/redirect"):
        try:
            response = app.test_client().get(path)
        except Exception as error:
            found.append(type(error))
            continue
        content = response.location or response.get_json(silent=True)
        found.append((response.status_code, response.headers.get("Cache-Control"), content))
    return found


def converted():
    return answers(lambda app, view, values: make_response(view(**values))), RIGHT


def unpacked():
    return answers(lambda app, view, values: make_response(*view(**values))), RIGHT


def with_jsonify():
    return answers(lambda app, view, values: jsonify(view(**values))), RIGHT


def constructor():
    return answers(lambda app, view, values: Response(view(**values))), RIGHT


def only_called():
    return answers(lambda app, view, values: app.ensure_sync(view)(**values)), RIGHT


def process_response():
    return answers(lambda app, view, values: app.process_response(view(**values))), RIGHT
