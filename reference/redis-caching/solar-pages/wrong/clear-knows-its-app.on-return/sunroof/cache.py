"""Results that are kept in Redis: computed once for everybody, and computed anyway where Redis is of no help."""

import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis
from cachelib import RedisCache
from flask import Flask, current_app
from redis.backoff import NoBackoff
from redis.lock import Lock
from redis.retry import Retry

LOCK_SECONDS = 10  # longer than any run; a process that dies holds others up for no longer than this
PAUSE = 0.05  # between two looks at a result that somebody else is computing
PATIENCE = 0.5  # seconds, with Redis

Result = dict[str, Any]
log = logging.getLogger(__name__)


class ResultCache:
    """The extension: one object for all apps; what belongs to an app is kept by the app."""

    def init_app(self, app: Flask) -> None:
        """Binds the cache to an app. Does not connect yet."""
        client = redis.Redis.from_url(
            app.config["CACHE_REDIS_URL"],
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        app.extensions["result_cache"] = Store(
            client, app.config["CACHE_KEY_PREFIX"], app.config["CACHE_DEFAULT_TIMEOUT"]
        )

    def fetch(self, key: str, compute: Callable[[], Result]) -> Result:
        """What is kept under ``key``, or what ``compute`` gives. Whatever changes the result has to be in the key."""
        store: Store = current_app.extensions["result_cache"]
        return store.fetch(key, compute)


class Store:
    """The results of one app."""

    def __init__(self, client: redis.Redis, prefix: str, timeout: int) -> None:
        self._client = client
        self._prefix = prefix
        self._timeout = timeout
        self._results = RedisCache(client)
        self._was_away = False

    def fetch(self, key: str, compute: Callable[[], Result]) -> Result:
        """See ``ResultCache.fetch``. What ``compute`` raises is passed on, and nothing is kept."""
        name = f"{self._prefix}result:{key}"
        lock = self._client.lock(f"{self._prefix}lock:{key}", timeout=LOCK_SECONDS)
        try:
            if self._was_away:  # what we kept before that is of no use any more
                self._results.clear()
                self._was_away = False
            known = self._known_or_mine(name, lock)
        except redis.RedisError:
            log.warning("Redis is away; %s is computed", key)
            self._was_away = True
            return compute()
        if known is not None:
            return known
        try:
            result = compute()
            with suppress(redis.RedisError):
                self._client.set(name, json.dumps(result), ex=self._timeout)
            return result
        finally:
            with suppress(redis.RedisError):  # away, or the lock has run out
                lock.release()

    def _known_or_mine(self, name: str, lock: Lock) -> Result | None:
        """The result as soon as there is one. None: it is the caller's to compute, who holds the lock."""
        while (known := self._read(name)) is None:
            if not lock.acquire(blocking=False):
                time.sleep(PAUSE)
                continue
            known = self._read(name)  # it may have come between the look and the lock
            if known is not None:
                lock.release()
            break
        return known

    def _read(self, name: str) -> Result | None:
        found = self._client.get(name)
        return None if found is None else json.loads(found)
