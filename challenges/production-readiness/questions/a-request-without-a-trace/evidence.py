"""Which ids the three log lines have: pairs (observed, claimed)."""

import logging
import threading
from contextvars import ContextVar

from flask import Flask, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

A, B = "a" * 32, "b" * 32


def logged():
    """The ids that are logged when one thread calls the app for three requests."""
    trace_id = ContextVar("trace_id", default="-")
    app = Flask(__name__)
    ids = []
    handler = logging.Handler()
    handler.emit = lambda record: ids.append(record.args[0])
    app.logger.addHandler(handler)

    @app.before_request
    def read_trace():
        header = request.headers.get("traceparent")
        if header:
            trace_id.set(header.split("-")[1])

    @app.get("/")
    def index():
        app.logger.warning("trace %s", trace_id.get())
        return "ok"

    def serve():
        for trace in (A, None, B):
            headers = {"traceparent": f"00-{trace}-{'c' * 16}-01"} if trace else {}
            body, _, _ = run_wsgi_app(app, EnvironBuilder("/", headers=headers).get_environ(), buffered=True)
            assert b"".join(body)

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
    return ids


def still_there():
    return logged(), [A, A, B]


def reset():
    return logged(), [A, "-", B]


def other_context():
    return logged(), ["-", "-", "-"]


def no_value():
    return logged(), [A, None, B]


def lookup_error():
    return logged(), [A, B]


def first_kept():
    return logged(), [A, A, A]
