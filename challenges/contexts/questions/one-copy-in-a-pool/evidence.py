"""What the view answers when both calls overlap and `a` ends first: pairs (observed, claimed)."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from functools import partial

from flask import Flask, copy_current_request_context, request

CLAIMED = ["a 42", "b 42"]


class Pool(ThreadPoolExecutor):
    """Tells when its first call has ended, the leaving of its context included."""

    ended = None

    def submit(self, *args):
        future = super().submit(*args)
        if not self.ended:
            self.ended = threading.Event()
            future.add_done_callback(lambda future: self.ended.set())
        return future


def offers(run, decorate=copy_current_request_context, inside=lambda app, call: call(), workers=2):
    """`run` submits the calls, `decorate` is applied to `offer`, whose body is run by `inside`."""
    app = Flask(__name__)
    app.testing = True
    second_runs = threading.Event()
    pools = []

    def fetch(shop, isbn):
        if shop == "a":
            second_runs.wait(10)
        else:
            second_runs.set()
            pools[0].ended.wait(10)
        return f"{shop} {isbn}"

    def view():
        @decorate
        def offer(shop):
            def body():
                return fetch(shop, request.args["isbn"])

            if shop == "b":
                second_runs.set()
            return inside(app, body)

        with Pool(max_workers=workers) as pool:
            pools.append(pool)
            return run(pool, offer)

    app.add_url_rule("/offers", view_func=view)
    try:
        return app.test_client().get("/offers?isbn=42").json
    except (ValueError, RuntimeError) as error:
        return type(error)


def by_map(pool, offer):
    return list(pool.map(offer, ["a", "b"]))


def copy_each():
    def run(pool, offer):
        futures = [pool.submit(copy_current_request_context(offer), shop) for shop in ("a", "b")]
        return [future.result() for future in futures]

    return offers(run, decorate=lambda offer: offer), CLAIMED


def module():
    try:

        @copy_current_request_context
        def offer(shop):
            return shop

    except RuntimeError as error:
        return type(error), CLAIMED
    return offers(by_map, decorate=lambda _: offer), CLAIMED


def workers():
    return offers(by_map, workers=None), CLAIMED


def app_context():
    def inside(app, body):
        with app.app_context():
            return body()

    return offers(by_map, inside=inside), CLAIMED


def plain_copy():
    def run(pool, offer):
        return list(pool.map(partial(copy_context().run, offer), ["a", "b"]))

    return offers(run, decorate=lambda offer: offer), CLAIMED


def submit():
    def run(pool, offer):
        futures = [pool.submit(offer, shop) for shop in ("a", "b")]
        return sorted(future.result() for future in as_completed(futures))

    return offers(run), CLAIMED
