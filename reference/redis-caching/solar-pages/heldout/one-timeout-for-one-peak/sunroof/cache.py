"""The cache of the pages, in Redis.

The key of a page has the page's version, which the database keeps (see ``models.py``): a write gives the pages that it
changes new versions in its own transaction. So nothing in Redis ever has to be deleted, whatever Redis missed, and a
run that began before a write ends under a version that nobody asks for any more. A page lives as long as it may, so
that it is there when many ask for it.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

REDIS_TIMEOUT = 0.8  # seconds, to connect and for an answer: together below the two that Redis may cost


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
        app.extensions["page_cache"] = self

    def get(self, name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The page: the cached one, or else what ``compute`` gives."""
        key = f"{self._prefix}page:{name}"
        try:
            stored = self._redis.get(key)
        except RedisError as error:
            self._gone(error)
            return compute()
        if stored is not None:
            return json.loads(stored)
        page = compute()
        try:
            self._redis.set(key, json.dumps(page), px=self._page_ms)
        except RedisError as error:
            self._gone(error)
        return page

    def _gone(self, error: RedisError) -> None:
        """Connections that lie ready are no good any more."""
        log.warning("going on without Redis: %s", error)
        self._redis.connection_pool.disconnect(inuse_connections=False)


def cached(name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The page ``name`` of the current app."""
    return current_app.extensions["page_cache"].get(name, compute)
