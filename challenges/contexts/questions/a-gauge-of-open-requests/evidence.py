"""Where the hooks run, and the value that is left: pairs (observed, claimed)."""

import threading
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, copy_current_request_context, request


def run():
    """(value of the gauge, threads that ran `begin`, threads that ran `end`, in the order of the calls)"""
    app = Flask(__name__)
    app.testing = True
    gauge = {"open": 0}
    calls = {"begin": [], "end": []}
    main = threading.get_ident()

    def note(hook):
        calls[hook].append("request" if threading.get_ident() == main else "copy")

    @app.before_request
    def begin():
        note("begin")
        gauge["open"] += 1

    @app.teardown_request
    def end(error):
        note("end")
        gauge["open"] -= 1

    @app.get("/offers")
    def offers():
        @copy_current_request_context
        def search():
            return f"offers for {request.args['isbn']}"

        with ThreadPoolExecutor() as pool:
            return pool.submit(search).result()

    if app.test_client().get("/offers?isbn=42").text != "offers for 42":
        return "an error"
    return gauge["open"], calls["begin"], calls["end"]


def minus_one():
    return run(), (-1, ["request"], ["copy", "request"])


def not_a_request():
    return run(), (0, ["request"], ["request"])


def both_hooks():
    return run(), (0, ["request", "copy"], ["copy", "request"])


def last_one():
    return run(), (0, ["request"], ["request"])


def only_begin():
    return run(), (1, ["request", "copy"], ["request"])


def raises():
    return run(), "an error"
