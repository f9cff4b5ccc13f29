"""The statuses of the three requests."""

import tempfile
from pathlib import Path

from flask import Flask, abort, request


def statuses():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "site.css").write_text("p { color: red }")
        app = Flask(__name__, static_folder=folder, static_url_path="/static")

        def logged_in():
            return False

        def public(view):
            view.is_public = True
            return view

        @app.before_request
        def login_first():
            view = app.view_functions.get(request.endpoint)
            if not getattr(view, "is_public", False) and not logged_in():
                abort(401)

        @app.get("/login")
        @public
        def login():
            return "login"

        client = app.test_client()
        return [client.get(path).status_code for path in ("/login", "/static/site.css", "/nowhere")]


def as_without():
    return statuses(), [200, 200, 404]


def missing_found():
    return statuses(), [200, 401, 404]


def closed_twice():
    return statuses(), [200, 401, 401]


def static_open():
    return statuses(), [200, 200, 401]


def nothing_open():
    return statuses(), [401, 401, 401]


def no_endpoint():
    return statuses(), [200, 401, 500]
