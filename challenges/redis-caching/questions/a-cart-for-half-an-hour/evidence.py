"""The seconds that the two keys have left, None for no end: pairs of pairs."""

import subprocess
import tempfile
import time
from contextlib import contextmanager

import redis


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


def left():
    with redis_server() as url, redis.Redis.from_url(url) as r:
        r.set("cart:7", "1 pear", ex=1800)
        r.set("clicks:7", 1, ex=1800)
        for key in ("cart:7", "clicks:7"):
            r.expire(key, r.ttl(key) - 600)  # ten minutes later
        r.set("cart:7", "2 pears")
        r.incr("clicks:7")
        seconds = [r.ttl(key) for key in ("cart:7", "clicks:7")]
    return tuple(None if n == -1 else round(n, -2) for n in seconds)


def both_go_on():
    return left(), (1200, 1200)


def both_anew():
    return left(), (1800, 1800)


def cart_endless_clicks_anew():
    return left(), (None, 1800)


def cart_goes_on_clicks_endless():
    return left(), (1200, None)


def cart_endless_clicks_go_on():
    return left(), (None, 1200)


def both_endless():
    return left(), (None, None)
