"""What happens when the report is at its end: pairs of (computations, requests that waited, requests without a report).

Four workers (each with its own threading.Lock) with two threads each ask at the same time.
"""

import json
import random
import subprocess
import tempfile
import threading
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


CLAIMED = (1, 0, 0)


def at_the_end(design, kept):
    """`kept` says whether the design still has the old report.

    A computation ends when all other requests are answered, or when they are seen to wait.
    """
    with redis_server() as url, redis.Redis.from_url(url) as r:
        if kept:
            r.set("report", json.dumps(["old", time.time() - 61]), ex=3600)
        computing, answered, over = [], [], threading.Event()

        def request(lock):
            mine = []

            def compute():
                mine.append(1)
                computing.append(1)
                over.wait(5)
                return "new"

            value = design(r, lock, compute)
            answered.append((over.is_set() and not mine, value is None))

        locks = [threading.Lock() for _ in range(4)]
        threads = [threading.Thread(target=request, args=(locks[n % 4],)) for n in range(8)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 1
        while len(computing) + len(answered) < 8 and time.monotonic() < until:
            time.sleep(0.005)
        number = len(computing)
        over.set()
        for thread in threads:
            thread.join()
        return number, sum(waited for waited, _ in answered), sum(empty for _, empty in answered)


def stored(r):
    found = r.get("report")
    return json.loads(found) if found else (None, 0)


def store(r, value, seconds):
    r.set("report", json.dumps([value, time.time()]), ex=seconds)
    return value


def random_timeout():
    def design(r, lock, compute):
        value, _ = stored(r)
        return value if value is not None else store(r, compute(), 60 + random.randint(0, 20))

    return at_the_end(design, kept=False), CLAIMED


def wait_for_lock():
    def design(r, lock, compute):
        value, _ = stored(r)
        if value is None:
            with r.lock("report:lock", timeout=30, sleep=0.01):
                value, _ = stored(r)
                if value is None:
                    value = store(r, compute(), 60)
        return value

    return at_the_end(design, kept=False), CLAIMED


def old_and_one():
    def design(r, lock, compute):
        value, since = stored(r)
        if time.time() - since > 60 and r.set("report:lock", 1, nx=True, ex=30):
            return store(r, compute(), 3600)
        return value

    return at_the_end(design, kept=True), CLAIMED


def old_and_all():
    def design(r, lock, compute):
        value, since = stored(r)
        return store(r, compute(), 3600) if time.time() - since > 60 else value

    return at_the_end(design, kept=True), CLAIMED


def old_and_thread_lock():
    def design(r, lock, compute):
        value, since = stored(r)
        if time.time() - since > 60 and lock.acquire(blocking=False):
            try:
                return store(r, compute(), 3600)
            finally:
                lock.release()
        return value

    return at_the_end(design, kept=True), CLAIMED


def miss_and_one():
    def design(r, lock, compute):
        value, _ = stored(r)
        if value is None:
            if r.set("report:lock", 1, nx=True, ex=30):
                return store(r, compute(), 60)
            value, _ = stored(r)
        return value

    return at_the_end(design, kept=False), CLAIMED
