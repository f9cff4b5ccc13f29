"""What Ada and Ben are answered by the CSRF protection."""

import re
import secrets

from flask import Flask, render_template_string
from flask_caching import Cache
from flask_wtf.csrf import CSRFError, CSRFProtect


def answers():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    CSRFProtect(app)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})

    @app.errorhandler(CSRFError)
    def refused(error):
        return error.description, 400

    @app.get("/login")
    @cache.cached(timeout=600)
    def login_page():
        return render_template_string('<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">')

    @app.post("/login")
    def login():
        return "let through"

    people = app.test_client(), app.test_client()
    pages = [person.get("/login").text for person in people]
    tokens = [re.search(r'value="([^"]*)"', page)[1] for page in pages]
    return tuple(
        person.post("/login", data={"csrf_token": token}).text for person, token in zip(people, tokens, strict=True)
    )


def both_pass():
    return answers(), ("let through", "let through")


def session_shared():
    return answers(), ("let through", "let through")


def ben_mismatch():
    return answers(), ("let through", "The CSRF tokens do not match.")


def ben_expired():
    return answers(), ("let through", "The CSRF token has expired.")


def ben_no_session():
    return answers(), ("let through", "The CSRF session token is missing.")


def both_missing():
    return answers(), ("The CSRF token is missing.", "The CSRF token is missing.")
