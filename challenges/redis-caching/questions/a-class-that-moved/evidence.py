"""How the requests after the move are answered: pairs of (statuses of a, loads of a, statuses of b)."""

import logging
import subprocess
import sys
import tempfile
import time
import types
from contextlib import contextmanager

import redis
from flask import Flask
from flask_caching import Cache


@contextmanager
def redis_server(*settings):
    """Starts a Redis of its own on a unix socket and yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/redis.sock"
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", *settings]
        server = subprocess.Popen(["redis-server", *options], cwd=folder, stdout=subprocess.DEVNULL)
        try:
            probe = redis.Redis(unix_socket_path=path, retry=None)
            for _ in range(400):
                try:
                    probe.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.005)
            probe.close()
            yield f"unix://{path}"
        finally:
            server.kill()
            server.wait()


def release(url, module):
    """The app with its class `Price` in the module of that name."""

    class Price:
        def __init__(self, amount):
            self.amount = amount

    Price.__module__, Price.__qualname__ = module, "Price"
    for name in ("shop", "shop.models", "shop.prices"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules[module].Price = Price
    app = Flask("shop")
    cache = Cache(app, config={"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url})
    loads = []

    def load_price(number):
        loads.append(number)
        return Price(10)

    @cache.memoize(timeout=3600)
    def price(number):
        return load_price(number)

    @app.get("/a/<int:number>")
    def a(number):
        return str(price(number).amount)

    @app.get("/b/<int:number>")
    def b(number):
        found = cache.get(f"price:{number}")
        if found is None:
            found = load_price(number)
            cache.set(f"price:{number}", found, timeout=3600)
        return str(found.amount)

    return app.test_client(), loads


def answered():
    logging.disable(logging.CRITICAL)
    with redis_server() as url:
        old, _ = release(url, "shop.models")
        assert old.get("/a/7").text == old.get("/b/7").text == "10"
        new, loads = release(url, "shop.prices")
        statuses = [new.get("/a/7").status_code for _ in range(3)]
        number = len(loads)
        return statuses, number, [new.get("/b/7").status_code for _ in range(3)]


FINE, BROKEN = [200] * 3, [500] * 3


def like_a_miss():
    return answered(), (FINE, 1, FINE)


def class_in_pickle():
    return answered(), (FINE, 0, FINE)


def slow_and_broken():
    return answered(), (FINE, 3, BROKEN)


def both_broken():
    return answered(), (BROKEN, 0, BROKEN)


def healed_at_once():
    return answered(), (FINE, 1, [500, 200, 200])


def both_slow():
    return answered(), (FINE, 3, FINE)
