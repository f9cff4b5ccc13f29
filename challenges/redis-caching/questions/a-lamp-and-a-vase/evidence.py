"""What is printed: pairs of lists of lines."""

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
    with redis_server() as url, redis.Redis.from_url(url) as r:
        r.set("stock:lamp", 3)
        r.set("stock:vase", "sold out")

        pipe = r.pipeline()
        pipe.decr("stock:lamp")
        pipe.decr("stock:vase")
        pipe.rpush("orders", "lamp and vase")
        try:
            pipe.execute()
        except redis.ResponseError:
            lines.append("failed")
        lines.append(f"{r.get('stock:lamp')} {r.llen('orders')}")
    return lines


def rolled_back():
    return printed(), ["failed", "b'3' 0"]


def stopped():
    return printed(), ["failed", "b'2' 0"]


def run_on():
    return printed(), ["failed", "b'2' 1"]


def no_exception():
    return printed(), ["b'2' 1"]


def only_the_last():
    return printed(), ["failed", "b'3' 1"]


def checked_before():
    return printed(), ["b'3' 0"]
