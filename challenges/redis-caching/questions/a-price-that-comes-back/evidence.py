"""Whether an old price comes back, for a change at each moment of a reader: pairs of (such moments, none)."""

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


def stale(read, write):
    """`read` and `write` get the cache, the plain client, the row and a function to be called between two lines."""
    found = []
    with redis_server() as url, redis.Redis.from_url(url) as client:
        app = Flask(__name__)
        cache = Cache(app, config={"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url})
        with app.app_context():
            for moment in range(6):
                client.flushall()
                row = {"price": 10, "version": 1}
                passed = []

                def between():
                    passed.append(1)
                    if len(passed) == moment + 1:
                        write(cache, row, lambda: None)

                read(cache, client, row, between)
                if len(passed) <= moment:
                    write(cache, row, lambda: None)
                if read(cache, client, row, lambda: None) != 12:
                    found.append(moment)
    return found


def plain_read(cache, client, row, between, store="set"):
    price = cache.get("price:7")
    if price is None:
        between()
        price = row["price"]
        between()
        getattr(cache, store)("price:7", price, timeout=3600)
    between()
    return price


def commit(row):
    row.update(price=12, version=row["version"] + 1)


def plain_write(cache, row, between):
    commit(row)
    cache.delete("price:7")


def delete_twice():
    def write(cache, row, between):
        cache.delete("price:7")
        commit(row)
        cache.delete("price:7")

    return stale(plain_read, write), []


def add():
    return stale(lambda *arguments: plain_read(*arguments, store="add"), plain_write), []


def write_through():
    def write(cache, row, between):
        commit(row)
        cache.set("price:7", 12, timeout=3600)

    return stale(plain_read, write), []


def watch():
    def read(cache, client, row, between):
        key = "flask_cache_price:7"
        price = cache.get("price:7")
        if price is None:
            between()
            with client.pipeline() as pipe:
                pipe.watch(key)
                between()
                price = row["price"]
                between()
                pipe.multi()
                pipe.set(key, price, ex=3600)
                try:
                    pipe.execute()
                except redis.WatchError:
                    pass
        between()
        return price

    return stale(read, plain_write), []


def version_in_key():
    def read(cache, client, row, between):
        key = f"price:7:{row['version']}"
        between()
        price = cache.get(key)
        if price is None:
            between()
            price = row["price"]
            between()
            cache.set(key, price, timeout=3600)
        between()
        return price

    return stale(read, plain_write), []


def lock_for_readers():
    def read(cache, client, row, between):
        price = cache.get("price:7")
        if price is None:
            between()
            with client.lock("lock:price:7", timeout=30):
                between()
                price = row["price"]
                between()
                cache.set("price:7", price, timeout=3600)
        between()
        return price

    return stale(read, plain_write), []
