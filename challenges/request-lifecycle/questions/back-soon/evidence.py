"""What the log holds: pairs (observed, claimed)."""

from flask import Flask


def logged():
    app = Flask(__name__)
    log = []

    @app.before_request
    def close():
        log.append("close")
        return "Back soon", 503

    @app.before_request
    def load_user():
        log.append("user")

    @app.after_request
    def stamp(response):
        log.append("stamp")
        return response

    @app.teardown_request
    def clean(error):
        log.append("clean")

    @app.get("/books")
    def books():
        log.append("books")
        return []

    app.test_client().get("/books")
    return log


def hook_ends_all():
    return logged(), ["close"]


def no_after_hooks():
    return logged(), ["close", "clean"]


def view_skipped():
    return logged(), ["close", "user", "stamp", "clean"]


def user_then_teardown():
    return logged(), ["close", "user", "clean"]


def after_and_teardown():
    return logged(), ["close", "stamp", "clean"]


def value_ignored():
    return logged(), ["close", "user", "books", "stamp", "clean"]
