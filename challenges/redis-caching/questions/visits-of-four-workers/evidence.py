"""The number after two visits at the same time, in workers that read before either writes: pairs of numbers."""

import subprocess
import tempfile
import threading
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


def as_cache(url):
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url})
    return app, cache


def after_two(make_view):
    """Two workers run the view; whoever has read waits until the other has read as well."""
    both = threading.Barrier(2)

    class Slow(redis.Redis):
        def execute_command(self, *arguments, **options):
            answer = super().execute_command(*arguments, **options)
            if arguments[0] == "GET":
                meet()
            return answer

    def meet():
        try:
            both.wait(5)
        except threading.BrokenBarrierError:
            pass

    with redis_server() as url:

        def worker():
            client = Slow.from_url(url)
            make_view(client, url, meet)()
            client.close()

        threads = [threading.Thread(target=worker) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with redis.Redis.from_url(url) as client:
            stored = client.get("visits") or client.get("flask_cache_visits")
        return int(stored)


def pipeline():
    def make_view(r, url, meet):
        def view():
            pipe = r.pipeline()
            visits = int(pipe.get("visits").execute()[0] or 0) + 1
            meet()
            pipe.set("visits", visits).execute()

        return view

    return after_two(make_view), 2


def threading_lock():
    def make_view(r, url, meet):
        lock = threading.Lock()  # each worker imports the module for itself

        def view():
            with lock:
                visits = int(r.get("visits") or 0) + 1
                r.set("visits", visits)

        return view

    return after_two(make_view), 2


def incr():
    def make_view(r, url, meet):
        def view():
            r.incr("visits")

        return view

    return after_two(make_view), 2


def set_and_get():
    def make_view(r, url, meet):
        def view():
            visits = int(r.get("visits") or 0) + 1
            r.set("visits", visits, get=True)

        return view

    return after_two(make_view), 2


def flask_caching():
    def make_view(r, url, meet):
        app, cache = as_cache(url)

        def view():
            with app.app_context():
                visits = (cache.get("visits") or 0) + 1
                meet()
                cache.set("visits", visits, timeout=0)

        return view

    return after_two(make_view), 2


def set_existing():
    def make_view(r, url, meet):
        def view():
            r.set("visits", 0, nx=True)
            visits = int(r.get("visits")) + 1
            r.set("visits", visits, xx=True)

        return view

    return after_two(make_view), 2
