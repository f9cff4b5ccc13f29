"""The cache of the pages, in Redis.

The key of a page has the page's version, which the database keeps (see ``models.py``): a write gives the pages that it
changes new versions in its own transaction. So nothing in Redis ever has to be deleted, whatever Redis missed, and a
run that began before a write ends under a version that nobody asks for any more.

For each page that is missing, one request holds a lock and runs the simulation; the others wait for what it stores.
The lock lives shortly and is kept alive during the run, so that one whose process died is soon gone.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from flask import Flask, current_app
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from sunroof.simulation import SimulationFailed

log = logging.getLogger(__name__)

REDIS_TIMEOUT = 0.8  # seconds, to connect and for an answer: together below the two that Redis may cost
LOCK_MS = 1500
FAILURE_MS = 5000
POLL = 0.02  # seconds

# Gives the page, or whether the run that was waited for failed, or who holds the lock: the caller if it was free.
LOOK = """
local page = redis.call('GET', KEYS[1])
if page then return {page, '', ''} end
if redis.call('EXISTS', KEYS[3]) == 1 then return {'', 'failed', ''} end
local holder = redis.call('GET', KEYS[2])
if not holder then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
  holder = ARGV[1]
end
return {'', '', holder}
"""
# Stores a page or, under another key, a failure; gives up the lock. Gives what is stored.
FINISH = """
redis.call('SET', KEYS[1], ARGV[2], 'NX', 'PX', ARGV[3])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return redis.call('GET', KEYS[1])
"""
KEEP = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
"""


class PageCache:
    """The pages of one app."""

    def __init__(self, app: Flask) -> None:
        self._redis = Redis.from_url(
            app.config["CACHE_REDIS_URL"],
            socket_timeout=REDIS_TIMEOUT,
            socket_connect_timeout=REDIS_TIMEOUT,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
        )
        self._prefix = app.config["CACHE_KEY_PREFIX"]
        self._page_ms = int(app.config["CACHE_DEFAULT_TIMEOUT"]) * 1000
        self._lock_ms = min(LOCK_MS, self._page_ms)
        self._failure_ms = min(FAILURE_MS, self._page_ms)
        app.extensions["page_cache"] = self

    def get(self, name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The page: the cached one, or that of a run that is under way, or else what ``compute`` gives."""
        page_key = f"{self._prefix}page:{name}"
        lock_key = f"{self._prefix}lock:{name}"
        token = token_hex(16)
        try:
            page = self._wait(page_key, lock_key, token)
        except RedisError as error:
            self._gone(error)
            return compute()
        if page is not None:
            return page
        try:
            with self._kept(lock_key, token):
                page = compute()
        except BaseException:
            self._finish(self._failure_key(token), lock_key, token, "failed", self._failure_ms)
            raise
        stored = self._finish(page_key, lock_key, token, json.dumps(page), self._page_ms)
        return page if stored is None else json.loads(stored)

    def _wait(self, page_key: str, lock_key: str, token: str) -> dict[str, Any] | None:
        """The page, as soon as it is there; None as soon as the caller holds the lock."""
        waited_for = token
        while True:
            keys = [page_key, lock_key, self._failure_key(waited_for)]
            page, failed, holder = self._redis.eval(LOOK, 3, *keys, token, self._lock_ms)
            if page:
                return json.loads(page)
            if failed:
                raise SimulationFailed
            waited_for = holder.decode()
            if waited_for == token:
                return None
            time.sleep(POLL)

    def _finish(self, key: str, lock_key: str, token: str, value: str, lifetime: int) -> bytes | None:
        try:
            return self._redis.eval(FINISH, 2, key, lock_key, token, value, lifetime)
        except RedisError as error:
            self._gone(error)
            return None

    @contextmanager
    def _kept(self, lock_key: str, token: str) -> Iterator[None]:
        """Keeps the lock alive within the block."""
        done = threading.Event()

        def keep() -> None:
            while not done.wait(self._lock_ms / 5000):
                try:
                    self._redis.eval(KEEP, 1, lock_key, token, self._lock_ms)
                except RedisError as error:
                    self._gone(error)
                    return

        threading.Thread(target=keep, daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def _failure_key(self, token: str) -> str:
        return f"{self._prefix}failed:{token}"

    def _gone(self, error: RedisError) -> None:
        """Connections that lie ready are no good any more."""
        log.warning("going on without Redis: %s", error)
        self._redis.connection_pool.disconnect(inuse_connections=False)


def cached(name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The page ``name`` of the current app."""
    return current_app.extensions["page_cache"].get(name, compute)
