"""What is computed anew after a book was added: pairs of (pages of the list, whether another view was)."""

import subprocess
import tempfile
import time
from contextlib import contextmanager
from uuid import uuid4

import redis
from flask import Flask, request
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


PAGES = ("/books", "/books?page=2", "/books?page=3&sort=title")
CLAIMED = (len(PAGES), False)


def anew(invalidate, **options):
    with redis_server() as url:
        app = Flask(__name__)
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url, "CACHE_KEY_PREFIX": "shop:"}
        cache = Cache(app, config=config)
        runs = []
        if "key_prefix" in options:
            prefix = options.pop("key_prefix")
            options["key_prefix"] = lambda: prefix(cache)

        @app.get("/books")
        @cache.cached(timeout=3600, query_string=True, **options)
        def list_books():
            runs.append(request.full_path)
            return "page"

        @app.get("/news")
        @cache.cached(timeout=3600)
        def news():
            runs.append("news")
            return "news"

        @app.post("/books")
        def add_book():
            invalidate(cache, list_books)
            return "", 201

        client = app.test_client()

        def open_all():
            runs.clear()
            for path in (*PAGES, "/news"):
                assert client.get(path).status_code == 200
            return len(runs)

        assert (open_all(), open_all()) == (len(PAGES) + 1, 0)
        assert client.post("/books").status_code == 201
        open_all()
        return len(runs) - ("news" in runs), "news" in runs


def delete_path():
    return anew(lambda cache, view: cache.delete("view//books")), CLAIMED


def delete_cached():
    return anew(lambda cache, view: cache.delete_cached(view, path="/books")), CLAIMED


def delete_memoized():
    return anew(lambda cache, view: cache.delete_memoized(view)), CLAIMED


def delete_star():
    return anew(lambda cache, view: cache.delete_many("view//books*")), CLAIMED


def generation():
    return anew(
        lambda cache, view: cache.set("books", uuid4().hex, timeout=0),
        key_prefix=lambda cache: f"books/{cache.get('books')}/",
    ), CLAIMED


def clear():
    return anew(lambda cache, view: cache.clear()), CLAIMED
