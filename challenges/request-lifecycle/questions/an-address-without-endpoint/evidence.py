"""How the browser is answered: pairs of (status, what the hook saw before it failed or went on)."""

import logging
import secrets

from flask import Flask, redirect, request, session


def answered():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    seen = ["hook did not run"]

    @app.before_request
    def protect():
        seen[0] = "request unusable"
        seen[0] = f"endpoint {request.endpoint!r}"
        "user" in session  # noqa: B015 (raises if there is no session)
        seen[0] += " and a session"
        if request.endpoint.startswith("admin_") and "user" not in session:
            return redirect("/login")

    for path, endpoint in (("/", "home"), ("/login", "login"), ("/admin/users", "admin_users")):
        app.add_url_rule(path, endpoint, lambda: "page")
    return app.test_client().get("/favicon.ico").status_code, seen[0]


def no_hook():
    return answered(), (404, "hook did not run")


def empty_endpoint():
    return answered(), (404, "endpoint '' and a session")


def first_error_wins():
    return answered(), (404, "endpoint None and a session")


def endpoint_is_none():
    return answered(), (500, "endpoint None and a session")


def no_session_yet():
    return answered(), (500, "endpoint None")


def request_unusable():
    return answered(), (500, "request unusable")
