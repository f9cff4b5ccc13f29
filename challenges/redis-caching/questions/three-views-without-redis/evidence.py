"""How the three are answered while nothing listens: pairs of lists of statuses."""

import logging
import socket

from flask import Flask
from flask_caching import Cache


def answered():
    logging.disable(logging.CRITICAL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = Flask(__name__)
    app.config["CACHE_TYPE"] = "RedisCache"
    app.config["CACHE_REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    app.config["CACHE_IGNORE_ERRORS"] = True
    cache = Cache(app)

    @app.get("/a")
    @cache.cached(timeout=60)
    def a():
        return "a"

    @app.get("/b")
    def b():
        text = cache.get("b") or "b"
        cache.set("b", text)
        return text

    @cache.memoize(timeout=60)
    def compute_c(text):
        return text

    @app.get("/c")
    def c():
        return compute_c("c")

    client = app.test_client()
    return [client.get(f"/{name}").status_code for name in "abc"]


def all_fine():
    return answered(), [200, 200, 200]


def nothing_works():
    return answered(), [500, 500, 500]


def cached_alone_works():
    return answered(), [200, 500, 500]


def decorators_work():
    return answered(), [200, 500, 200]


def direct_calls_work():
    return answered(), [500, 200, 500]


def functions_work():
    return answered(), [500, 500, 200]
