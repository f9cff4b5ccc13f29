"""What is left of the thirty keys, and whether KEYS was sent: pairs of (number left, True for KEYS)."""

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


CLAIMED = (0, False)


def after(code):
    """Twenty thousand other keys stand for the million."""
    with redis_server() as url, redis.Redis.from_url(url) as r:
        r.mset({f"other:{number}": 1 for number in range(20_000)})
        names = [f"shop:menu:{number}" for number in range(30)]
        r.mset(dict.fromkeys(names, 1))
        code(r)
        return r.exists(*names), "cmdstat_keys" in r.info("commandstats")


def while_keys():
    def code(r):
        cursor, keys = r.scan(0, match="shop:menu:*")
        while keys:
            r.delete(*keys)
            cursor, keys = r.scan(cursor, match="shop:menu:*")

    return after(code), CLAIMED


def delete_pattern():
    return after(lambda r: r.delete("shop:menu:*")), CLAIMED


def keys():
    def code(r):
        names = r.keys("shop:menu:*")
        if names:
            r.delete(*names)

    return after(code), CLAIMED


def one_big_step():
    def code(r):
        cursor, names = r.scan(0, match="shop:menu:*", count=1000)
        if names:
            r.delete(*names)

    return after(code), CLAIMED


def scan_iter():
    def code(r):
        for key in r.scan_iter(match="shop:menu:*"):
            r.delete(key)

    return after(code), CLAIMED


def while_cursor():
    def code(r):
        cursor = 0
        while cursor != 0:
            cursor, names = r.scan(cursor, match="shop:menu:*")
            r.delete(*names)

    return after(code), CLAIMED
