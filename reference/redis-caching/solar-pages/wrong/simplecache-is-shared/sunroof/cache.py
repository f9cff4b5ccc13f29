"""Results that are kept in Flask-Caching's SimpleCache: computed once, whoever asks."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from flask_caching import Cache

Result = dict[str, Any]


class ResultCache:
    """One computation per key at a time; who waits gets what the first has kept."""

    def __init__(self) -> None:
        self._cache = Cache()
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    def init_app(self, app: Flask) -> None:
        """Binds the cache to an app."""
        app.config["CACHE_TYPE"] = "SimpleCache"
        self._cache.init_app(app)

    def fetch(self, key: str, compute: Callable[[], Result]) -> Result:
        """What is kept under ``key``, or what ``compute`` gives."""
        name = f"{current_app.config['CACHE_KEY_PREFIX']}{key}"
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            if (known := self._cache.get(name)) is None:
                known = compute()
                self._cache.set(name, known)
            return known
