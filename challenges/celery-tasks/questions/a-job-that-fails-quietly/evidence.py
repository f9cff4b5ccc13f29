"""What a failing job in a thread pool does: pairs (observed, claimed)."""

import contextlib
import io
import logging
from concurrent.futures import ThreadPoolExecutor

from flask import Flask


def shop():
    """(first status, runs of the job, something was logged, status of a second post)"""
    app = Flask("shop")
    executor = ThreadPoolExecutor(max_workers=2)
    runs = []

    def make_report(order_id):
        runs.append(order_id)
        raise ValueError("no such order")

    @app.post("/reports/<int:order_id>")
    def order_report(order_id):
        executor.submit(make_report, order_id)
        return "", 202

    stderr = io.StringIO()
    logging.basicConfig(stream=stderr, force=True)
    with contextlib.redirect_stderr(stderr):
        client = app.test_client()
        first = client.post("/reports/7").status_code
        second = client.post("/reports/8").status_code
        executor.shutdown(wait=True)
    return first, runs.count(7), bool(stderr.getvalue()), second


def kept_in_the_future():
    return shop(), (202, 1, False, 202)


def logged_by_flask():
    return shop(), (202, 1, True, 202)


def logged_by_the_pool():
    return shop(), (202, 1, True, 202)


def tried_again():
    return shop(), (202, 2, False, 202)


def broken_pool():
    return shop(), (202, 1, False, 500)


def server_error():
    return shop(), (500, 1, False, 500)
