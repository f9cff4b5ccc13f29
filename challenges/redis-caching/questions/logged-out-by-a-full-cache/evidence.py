"""Whether all sessions survive a cache that fills the memory: pairs of (none evicted, a new one can be written)."""

import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager

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


CLAIMED = (True, True)
SESSIONS = 200
MONTH = 30 * 86400


def outcome(policy, database=0, entries_end=True, own_instance=False):
    with ExitStack() as stack:
        limit = ("--maxmemory", "4mb", "--maxmemory-policy")
        url = stack.enter_context(redis_server(*limit, policy))
        other = stack.enter_context(redis_server(*limit, "noeviction")) if own_instance else url
        cache = stack.enter_context(redis.Redis.from_url(url))
        sessions = stack.enter_context(redis.Redis.from_url(other, db=database))
        for number in range(SESSIONS):
            sessions.set(f"session:{number}", "x" * 100, ex=MONTH)
        for start in range(0, 8000, 500):
            pipe = cache.pipeline(transaction=False)
            for number in range(start, start + 500):
                pipe.set(f"entry:{number}", "x" * 1000, ex=3600 if entries_end else None)
            pipe.execute(raise_on_error=False)
        left = sessions.exists(*(f"session:{number}" for number in range(SESSIONS)))
        try:
            written = bool(sessions.set("session:new", "x" * 100, ex=MONTH))
        except redis.ResponseError:
            written = False
        return left == SESSIONS, written


def volatile_lru():
    return outcome("volatile-lru"), CLAIMED


def noeviction():
    return outcome("noeviction"), CLAIMED


def own_database():
    return outcome("allkeys-lru", database=1), CLAIMED


def endless_entries():
    return outcome("volatile-lru", entries_end=False), CLAIMED


def own_instance():
    return outcome("allkeys-lru", own_instance=True), CLAIMED


def lfu():
    return outcome("allkeys-lfu"), CLAIMED
