"""Keeps what views return in Flask-Caching's Redis, one run per page and edition."""

import logging
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
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.config["CACHE_TYPE"] = "RedisCache"
    app.config["CACHE_OPTIONS"] = dict(SECONDS)
    app.extensions["locks"] = Redis.from_url(app.config["CACHE_REDIS_URL"], **SECONDS)
    cache.init_app(app)


def kept(make_key: Callable[[], str]) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Keeps what a view returns. ``make_key`` runs for each request, where the checks above have been made."""

    def decorate(view: Callable[[], Any]) -> Callable[[], Any]:
        @wraps(view)
        def answered() -> Any:
            key, token = make_key(), token_hex(16)
            try:
                page = _found_or_locked(key, token)
            except RedisError as error:
                log.warning("no cache: %s", error)
                return view()
            if page is not None:
                return page
            page = failure = None
            try:
                page = view()
            except Exception as error:
                failure = error
            try:
                if page is not None:
                    cache.set(key, page)
                current_app.extensions["locks"].eval(RELEASE, 1, _lock(key), token)
            except RedisError as error:
                log.warning("not kept: %s", error)
            if failure is not None:
                raise failure
            return page

        return answered

    return decorate


def _lock(key: str) -> str:
    return f"{current_app.config['CACHE_KEY_PREFIX']}{key}:lock"


def _found_or_locked(key: str, token: str) -> Any:
    """The kept page, or None when the lock is ours."""
    locks = current_app.extensions["locks"]
    while True:
        if (page := cache.get(key)) is not None:
            return page
        if locks.set(_lock(key), token, nx=True, ex=LONGEST_RUN):
            if (page := cache.get(key)) is not None:
                locks.eval(RELEASE, 1, _lock(key), token)
            return page
        time.sleep(0.03)
