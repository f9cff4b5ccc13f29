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
PAUSE = 0.25


def at_the_end(design, kept):
    """`kept` says whether the design still has the old report."""
    with redis_server() as url, redis.Redis.from_url(url) as r:
        if kept:
            r.set("report", json.dumps(["old", time.time() - 61]), ex=3600)
        computing, waited, empty = [], [], []
        start = threading.Barrier(8)

        def request(lock):
            mine = []

            def compute():
                mine.append(1)
                computing.append(1)
                time.sleep(PAUSE)
                return "new"

            start.wait()
            began = time.monotonic()
            value = design(r, lock, compute)
            if not mine and time.monotonic() - began > PAUSE / 2:
                waited.append(1)
            if value is None:
                empty.append(1)

        locks = [threading.Lock() for _ in range(4)]
        threads = [threading.Thread(target=request, args=(locks[n % 4],)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(computing), len(waited), len(empty)


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
