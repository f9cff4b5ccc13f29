"""What is gone after the clear: pairs of sorted lists of (database, key)."""

import subprocess
import tempfile
import time
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


SHOP, EU, STAGING, SESSION = (0, "shop_view//"), (0, "shop_eu_view//"), (1, "shop_view//"), (0, "session:4f1c")


def lost():
    def cached_app(url, database, prefix):
        app = Flask(__name__)
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url, "CACHE_REDIS_DB": database}
        cache = Cache(app, config={**config, "CACHE_KEY_PREFIX": prefix})

        @app.get("/")
        @cache.cached(timeout=60)
        def index():
            return "hello"

        app.test_client().get("/")
        return app, cache

    def keys(url):
        found = []
        for database in (0, 1):
            with redis.Redis.from_url(url, db=database, decode_responses=True) as client:
                found += [(database, key) for key in client.scan_iter()]
        return set(found)

    with redis_server() as url:
        app, cache = cached_app(url, 0, "shop_")
        cached_app(url, 0, "shop_eu_")
        cached_app(url, 1, "shop_")
        with redis.Redis.from_url(url) as client:
            client.set("session:4f1c", "somebody", ex=3600)
        before = keys(url)
        assert before == {SHOP, EU, STAGING, SESSION}
        with app.app_context():
            cache.clear()
        return sorted(before - keys(url))


def own_entry():
    return lost(), sorted([SHOP])


def both_shops():
    return lost(), sorted([SHOP, EU])


def both_databases():
    return lost(), sorted([SHOP, STAGING])


def three_entries():
    return lost(), sorted([SHOP, EU, STAGING])


def database_zero():
    return lost(), sorted([SHOP, EU, SESSION])


def everything():
    return lost(), sorted([SHOP, EU, STAGING, SESSION])
