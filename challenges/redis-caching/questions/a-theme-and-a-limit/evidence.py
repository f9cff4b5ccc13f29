"""What is printed with the two clients: pairs of two pairs of booleans."""

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


def printed():
    lines = []
    for settings in ({}, {"decode_responses": True}):
        with redis_server() as url, redis.Redis.from_url(url, **settings) as r:
            r.set("theme", "dark")
            r.set("limit", 5)
            lines.append((r.get("theme") == "dark", r.get("limit") == 5))
    return lines


def both_then_both():
    return printed(), [(True, True), (True, True)]


def none_then_text():
    return printed(), [(False, False), (True, False)]


def none_then_both():
    return printed(), [(False, False), (True, True)]


def text_then_both():
    return printed(), [(True, False), (True, True)]


def number_then_both():
    return printed(), [(False, True), (True, True)]


def none_then_none():
    return printed(), [(False, False), (False, False)]
