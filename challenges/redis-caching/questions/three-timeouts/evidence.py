"""What TTL says for the three keys: pairs of lists."""

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


def lifetimes():
    with redis_server() as url:
        app = Flask(__name__)
        app.config["CACHE_TYPE"] = "RedisCache"
        app.config["CACHE_REDIS_URL"] = url
        app.config["CACHE_DEFAULT_TIMEOUT"] = 60
        cache = Cache(app)
        with app.app_context():
            cache.set("a", "x")
            cache.set("b", "x", timeout=0)
            cache.set("c", "x", timeout=None)
        with redis.Redis.from_url(url) as client:
            left = [client.ttl(f"flask_cache_{key}") for key in "abc"]
        return [60 if 50 < seconds <= 60 else seconds for seconds in left]


def end_none_end():
    return lifetimes(), [60, -1, 60]


def end_gone_end():
    return lifetimes(), [60, -2, 60]


def end_end_none():
    return lifetimes(), [60, 60, -1]


def end_gone_none():
    return lifetimes(), [60, -2, -1]


def end_none_none():
    return lifetimes(), [60, -1, -1]


def end_end_end():
    return lifetimes(), [60, 60, 60]
