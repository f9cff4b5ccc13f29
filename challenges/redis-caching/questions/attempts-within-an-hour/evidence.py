"""Whether the count is right in every case: pairs of (cases that go wrong, none).

The cases: two failures half an hour apart; between two commands the worker dies, the key ends, or another counts.
"""

import subprocess
import tempfile
import time
from contextlib import contextmanager

import redis
from redis.client import Pipeline


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


KEY = "failed:ada"


class Died(Exception):
    pass


class Client(redis.Redis):
    """Calls `between` after each exchange with the server."""

    def between(self):
        pass

    def execute_command(self, *arguments, **options):
        answer = super().execute_command(*arguments, **options)
        self.between()
        return answer

    def pipeline(self, transaction=True, shard_hint=None):
        client = self

        class Watched(Pipeline):
            def execute(self, raise_on_error=True):
                answer = super().execute(raise_on_error)
                client.between()
                return answer

        return Watched(self.connection_pool, self.response_callbacks, transaction, shard_hint)


def faults(code):
    found = []
    with redis_server() as url, redis.Redis.from_url(url) as server:
        client = Client.from_url(url)

        def run(prepare=None, at=None, event=None):
            server.flushall()
            if prepare:
                server.set(KEY, 1, ex=1800)
            passed = []

            def between():
                passed.append(1)
                if len(passed) == at:
                    event()

            client.between = between
            try:
                code(client)
            except Died:
                pass
            except redis.ResponseError:
                found.append("refused")
            client.between = lambda: None
            return server.get(KEY), server.ttl(KEY)

        def die():
            raise Died

        def end():
            server.delete(KEY)

        def other():
            server.set(KEY, 0, ex=3600, nx=True)
            server.incr(KEY)

        number, left = run()
        if number != b"1" or not 3500 < left <= 3600:
            found.append("first")
        number, left = run(prepare=True)
        if number != b"2" or not 1700 < left <= 1800:
            found.append("second")
        for at in (1, 2):
            if run(at=at, event=die)[1] == -1:
                found.append("died")
            if run(prepare=True, at=at, event=end)[1] == -1:
                found.append("ended")
            if run(at=at, event=other)[0] not in (b"1", b"2") or (at == 1 and run(at=at, event=other)[0] != b"2"):
                found.append("lost")
        client.close()
    return found


def expire_if_first():
    def code(r):
        if r.incr(KEY) == 1:
            r.expire(KEY, 3600)

    return faults(code), []


def expire_always():
    def code(r):
        r.pipeline().incr(KEY).expire(KEY, 3600).execute()

    return faults(code), []


def get_and_set():
    def code(r):
        count = int(r.get(KEY) or 0) + 1
        r.set(KEY, count, ex=3600)

    return faults(code), []


def set_then_incr():
    def code(r):
        r.pipeline().set(KEY, 0, ex=3600, nx=True).incr(KEY).execute()

    return faults(code), []


def make_if_missing():
    def code(r):
        if not r.exists(KEY):
            r.set(KEY, 0, ex=3600)
        r.incr(KEY)

    return faults(code), []


def expire_if_existing():
    def code(r):
        r.pipeline().incr(KEY).expire(KEY, 3600, xx=True).execute()

    return faults(code), []
