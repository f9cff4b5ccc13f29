"""Whether the intruder's code runs: pairs of (it ran, False)."""

import hashlib
import os
import pickle
import secrets
import subprocess
import tempfile
import time
from contextlib import contextmanager

import redis
from cachelib.serializers import JSONSerializer
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


class Intruder:
    def __reduce__(self):
        return exec, ("import os; os.environ['INTRUDER'] = 'was here'",)


def attacked(read=lambda cache: cache.get("rates"), **settings):
    with redis_server() as url:
        app = Flask(__name__)
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url}
        cache = Cache(app, config={**config, **settings})

        @app.get("/rates")
        def rates():
            found = read(cache)
            if found is None:
                found = {"USD": 1.08}
                cache.set("rates", found)
            return found

        client = app.test_client()
        assert client.get("/rates").json == {"USD": 1.08}
        os.environ.pop("INTRUDER", None)
        overwritten = 0
        for database in range(16):
            with redis.Redis.from_url(url, db=database) as intruder:
                for key in intruder.scan_iter():
                    intruder.set(key, b"!" + pickle.dumps(Intruder()))
                    overwritten += 1
        assert overwritten == 1
        client.get("/rates")
        return "INTRUDER" in os.environ, False


def secret_prefix():
    return attacked(CACHE_KEY_PREFIX=secrets.token_hex(32))


def own_database():
    return attacked(CACHE_REDIS_DB=5)


def json():
    return attacked(CACHE_SERIALIZER=JSONSerializer)


def check_after():
    def read(cache):
        found = cache.get("rates")
        return found if isinstance(found, dict) else None

    return attacked(read)


def strong_hash():
    return attacked(CACHE_HASH_METHOD=hashlib.sha512, CACHE_SOURCE_CHECK=True)


def catch_errors():
    def read(cache):
        try:
            return cache.get("rates")
        except Exception:
            return None

    return attacked(read)
