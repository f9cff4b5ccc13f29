"""Whether the lock is released rightly in each case: pairs of (cases that go wrong, none)."""

import logging
import subprocess
import tempfile
import time
from contextlib import contextmanager

import redis
from flask import Flask, current_app
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


KEY, TOKEN, OTHER = "lock:import", "mine", b"other"


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


def faults(release):
    logging.disable(logging.CRITICAL)
    found = []
    app = Flask(__name__)
    with redis_server() as url, redis.Redis.from_url(url) as server, app.app_context():
        client = Client.from_url(url)

        def gone():
            until = time.monotonic() + 0.5
            while server.exists(KEY) and time.monotonic() < until:
                time.sleep(0.002)
            return not server.exists(KEY)

        server.set(KEY, TOKEN, nx=True, ex=30)
        release(client, KEY, TOKEN)
        if not gone():
            found.append("own lock stays")
        for moment in (0, 1):  # the lock ends and is taken: before the release, or after its first command
            server.flushall()
            server.set(KEY, TOKEN, nx=True, ex=30)
            commands, taken = [], []

            def take():
                server.delete(KEY)
                server.set(KEY, OTHER, nx=True, ex=30)
                taken.append(1)

            def check():
                if taken and (server.get(KEY) != OTHER or server.pttl(KEY) < 1000):
                    found.append("other lock harmed")

            def between():
                commands.append(1)
                check()
                if len(commands) == moment and server.get(KEY) == TOKEN.encode():
                    take()

            if moment == 0:
                take()
            client.between = between
            release(client, KEY, TOKEN)
            client.between = lambda: None
            check()
        client.close()
    return found


def ttl():
    def release(r, key, token):
        if r.ttl(key) > 0:
            r.delete(key)

    return faults(release), []


def script():
    def release(r, key, token):
        r.eval(
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end",
            1,
            key,
            token,
        )

    return faults(release), []


def get_then_delete():
    def release(r, key, token):
        if r.get(key) == token.encode():
            r.delete(key)

    return faults(release), []


def transaction():
    def release(r, key, token):
        pipe = r.pipeline()
        owner, deleted = pipe.get(key).delete(key).execute()
        if owner != token.encode():
            current_app.logger.warning("not the owner of %s", key)

    return faults(release), []


def put_back():
    def release(r, key, token):
        owner = r.getdel(key)
        if owner is not None and owner != token.encode():
            r.set(key, owner, nx=True, ex=30)

    return faults(release), []


def overwrite_existing():
    def release(r, key, token):
        r.set(key, token, xx=True, px=1)

    return faults(release), []
