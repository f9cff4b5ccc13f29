"""What a WSGI server answers: pairs (observed, claimed)."""

import io
from wsgiref.handlers import SimpleHandler
from wsgiref.util import setup_testing_defaults

from flask import Flask, after_this_request, got_request_exception


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
    """(status, whether the header is there, type of the exception, in the view or outside of the app)"""
    app = Flask(__name__)
    raised = []

    def note(sender, exception):
        raised.append(exception)

    got_request_exception.connect(note, app)

    @app.get("/")
    def report():
        @after_this_request
        def mark(response):
            response.headers["X-Report"] = "fresh"

        return {"rows": 3}

    status, text, error = serve(app)
    raised += [error] if error else []
    return status, "X-Report: fresh" in text, type(raised[0]) if raised else None


def none_sent():
    return get(), (500, False, TypeError)


def in_place():
    return get(), (200, True, None)


def dropped():
    return get(), (200, False, None)


def every():
    return get(), (200, True, None)


def too_late():
    return get(), (500, False, AssertionError)


def a_dictionary():
    return get(), (500, False, AttributeError)
