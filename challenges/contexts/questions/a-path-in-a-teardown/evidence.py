"""What a WSGI server answers, and what is logged: pairs (observed, claimed)."""

import io
import logging
from wsgiref.handlers import SimpleHandler
from wsgiref.util import setup_testing_defaults

from flask import Flask, request


class Server(SimpleHandler):
    """A small WSGI server for one request; it notes the exception that the app lets out."""

    error = None

    def log_exception(self, exc_info):
        self.error = exc_info[1]


def serve(app):
    """(status, head and body, exception that the server had to deal with)"""
    environ, out = {}, io.BytesIO()
    setup_testing_defaults(environ)
    server = Server(io.BytesIO(), out, io.StringIO(), environ)
    server.run(app)
    text = out.getvalue().decode()
    return int(text.split()[1]), text, server.error


def get():
    """(status, lines of the log, type of the exception with the first words of its message)"""
    lines = []
    app = Flask(__name__)
    app.logger.setLevel(logging.INFO)
    keep = logging.Handler()
    keep.emit = lambda record: lines.append(record.getMessage())
    app.logger.handlers[:] = [keep]

    @app.teardown_appcontext
    def log_end(error):
        app.logger.info("done: %s", request.path)

    @app.get("/")
    def index():
        return "hello"

    status, _, error = serve(app)
    return status, lines, (type(error), str(error).partition(".")[0]) if error else None


UNBOUND = (RuntimeError, "Working outside of request context")


def unbound():
    return get(), (500, [], UNBOUND)


def caught():
    return get(), (200, [], UNBOUND)


def logged():
    return get(), (200, ["done: /"], None)


def no_path():
    return get(), (200, ["done: None"], None)


def not_called():
    return get(), (200, [], None)


def no_return():
    return get(), (500, ["done: /"], None)
