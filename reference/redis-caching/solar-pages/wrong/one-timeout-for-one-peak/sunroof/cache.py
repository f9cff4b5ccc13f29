"""Results that are kept in Redis: computed once for everybody, and computed anyway where Redis is of no help."""

import json
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis
from flask import Flask, current_app
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.5  # seconds, with Redis

Result = dict[str, Any]
log = logging.getLogger(__name__)


class ResultCache:
    """The extension: one object for all apps; what belongs to an app is kept by the app."""

    def init_app(self, app: Flask) -> None:
        """Binds the cache to an app. Does not connect yet."""
        app.extensions["result_cache"] = redis.Redis.from_url(
            app.config["CACHE_REDIS_URL"],
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )

    def fetch(self, key: str, compute: Callable[[], Result]) -> Result:
        """What is kept under ``key``, or what ``compute`` gives. Whatever changes the result has to be in the key."""
        client: redis.Redis = current_app.extensions["result_cache"]
        name = f"{current_app.config['CACHE_KEY_PREFIX']}{key}"
        try:
            found = client.get(name)
        except redis.RedisError:
            log.warning("Redis is away; %s is computed", key)
            return compute()
        if found is not None:
            return json.loads(found)
        result = compute()
        longest = current_app.config["CACHE_DEFAULT_TIMEOUT"]
        with suppress(redis.RedisError):  # not all entries end together
            client.set(name, json.dumps(result), ex=random.randint(longest * 8 // 10, longest))
        return result
