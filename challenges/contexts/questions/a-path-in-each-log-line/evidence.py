"""The paths that the filter sets in a view, in a command and outside of any context: pairs (observed, claimed)."""

import logging

from flask import Flask, current_app, has_app_context, has_request_context, request

CLAIMED = ["/books", "-", "-"]


def paths(condition):
    found = []

    class AddPath(logging.Filter):
        def filter(self, record):
            record.path = request.path if condition() else "-"
            return True

    class Keep(logging.Handler):
        def emit(self, record):
            found.append(record.path)

    handler = Keep()
    handler.addFilter(AddPath())
    logger = logging.Logger("root of this run")
    logger.addHandler(handler)
    app = Flask(__name__)
    app.testing = True

    @app.get("/books")
    def books():
        logger.info("in a view")
        return ""

    @app.cli.command("tidy")
    def tidy():
        logger.info("in a command")

    def command():
        result = app.test_cli_runner().invoke(args=["tidy"])
        if result.exception:
            raise result.exception

    for call in (lambda: app.test_client().get("/books"), command, lambda: logger.info("at import")):
        try:
            call()
        except RuntimeError as error:
            found.append(type(error))
    return found


def has_request():
    return paths(lambda: has_request_context()), CLAIMED


def has_app():
    return paths(lambda: has_app_context()), CLAIMED


def not_none():
    return paths(lambda: request is not None), CLAIMED


def has_attr():
    return paths(lambda: hasattr(request, "path")), CLAIMED


def app_bound():
    return paths(lambda: bool(current_app)), CLAIMED


def get_attr():
    return paths(lambda: getattr(request, "path", None)), CLAIMED
