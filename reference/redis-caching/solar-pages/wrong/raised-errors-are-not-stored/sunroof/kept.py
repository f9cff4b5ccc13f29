"""Flask-Caching keeps what views return; a lock around it lets one of many who ask at once run the view."""

import time
from collections.abc import Callable
from functools import wraps
from secrets import token_hex
from typing import Any

from flask import Flask, current_app
from flask_caching import Cache
from redis import Redis, RedisError

SECONDS = {"socket_timeout": 0.6, "socket_connect_timeout": 0.6}
LONGEST_RUN = 8
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"

cache = Cache()


def init_app(app: Flask) -> None:
    app.config["CACHE_TYPE"] = "RedisCache"
    app.config["CACHE_OPTIONS"] = dict(SECONDS)
    app.extensions["locks"] = Redis.from_url(app.config["CACHE_REDIS_URL"], **SECONDS)
    cache.init_app(app)


def kept(make_key: Callable[[], str]) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Keeps what a view returns. ``make_key`` runs for each request, where the checks above have been made."""

    def decorate(view: Callable[[], Any]) -> Callable[[], Any]:
        cached_view = cache.cached(make_cache_key=make_key)(view)

        @wraps(view)
        def answered() -> Any:
            lock, token = f"{current_app.config['CACHE_KEY_PREFIX']}{make_key()}:lock", token_hex(16)
            locks = current_app.extensions["locks"]
            try:
                while not (cache.has(make_key()) or locks.set(lock, token, nx=True, ex=LONGEST_RUN)):
                    time.sleep(0.03)
            except RedisError:
                return view()
            try:
                return cached_view()
            finally:
                try:
                    locks.eval(RELEASE, 1, lock, token)
                except RedisError:
                    current_app.logger.warning("the lock stays until it ends")

        return answered

    return decorate
