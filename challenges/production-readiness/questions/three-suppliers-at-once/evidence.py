"""What the calls carry after each change: pairs (observed, claimed)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context

from flask import Flask, request

trace_id = ContextVar("trace_id", default="-")
SUPPLIERS = ["one", "two", "three"]


def fetch(barrier, supplier, trace):
    """Waits until all three calls run, as they take a second."""
    try:
        barrier.wait(timeout=0.4)
    except threading.BrokenBarrierError:
        return "alone"
    return trace


def carried(submit, make_pool=ThreadPoolExecutor, in_view=False, wrap=None):
    """What the calls of two requests carry; each request has an id of its own."""
    app = Flask(__name__)
    barrier = threading.Barrier(3)
    pool = None if in_view else make_pool(3)

    def ask(supplier):
        if wrap:
            with app.app_context():
                return fetch(barrier, supplier, trace_id.get())
        return fetch(barrier, supplier, trace_id.get())

    @app.get("/offers")
    def offers():
        trace_id.set(request.headers["traceparent"].split("-")[1])
        threads = make_pool(3) if in_view else pool
        answers = []
        for job in submit(threads, ask, barrier):
            try:
                answers.append(job.result())
            except RuntimeError:
                answers.append("error")
        return answers

    client = app.test_client()
    return [client.get("/offers", headers={"traceparent": f"00-{digit * 32}-{'b' * 16}-01"}).json for digit in "ac"]


CLAIMED = [["a" * 32] * 3, ["c" * 32] * 3]


def plain(pool, ask, barrier):
    return [pool.submit(ask, supplier) for supplier in SUPPLIERS]


def pool_in_view():
    return carried(plain, in_view=True), CLAIMED


def initializer():
    def make(size):
        return ThreadPoolExecutor(size, initializer=trace_id.set, initargs=(trace_id.get(),))

    return carried(plain, make), CLAIMED


def one_copy():
    def submit(pool, ask, barrier):
        context = copy_context()
        return [pool.submit(context.run, ask, supplier) for supplier in SUPPLIERS]

    return carried(submit), CLAIMED


def a_lambda():
    def submit(pool, ask, barrier):
        return [
            pool.submit(lambda supplier=supplier: fetch(barrier, supplier, trace_id.get())) for supplier in SUPPLIERS
        ]

    return carried(submit), CLAIMED


def copy_for_each():
    def submit(pool, ask, barrier):
        return [pool.submit(copy_context().run, ask, supplier) for supplier in SUPPLIERS]

    return carried(submit), CLAIMED


def app_context():
    return carried(plain, wrap=True), CLAIMED
