"""The cache of the pages, which all workers share.

The key of a page has the page's version, which is in the cache as well: a write gives the pages that it changes new
versions. So a run that began before a write ends under a version that nobody asks for any more.
"""

from collections.abc import Callable
from concurrent.futures import Future
from secrets import token_hex
from threading import Lock
from typing import Any

from flask_caching import Cache

cache = Cache(config={"CACHE_TYPE": "SimpleCache"})
guard = Lock()
runs: dict[str, Future[dict[str, Any]]] = {}


def page_version(page: str) -> str:
    """Ask for it before you read what the page shows: what is read then is at least as new."""
    with guard:
        version = cache.get(f"version:{page}")
        if version is None:
            version = token_hex(16)
            cache.set(f"version:{page}", version, timeout=0)
    return version


def renew_pages(*pages: str) -> None:
    """Gives pages new versions, once a write is committed."""
    with guard:
        for page in pages:
            cache.set(f"version:{page}", token_hex(16), timeout=0)


def cached(name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The page: the cached one, or that of a run that is under way, or else what ``compute`` gives."""
    key = f"page:{name}"
    page = cache.get(key)
    if page is not None:
        return page
    with guard:
        run = runs.get(key)
        mine = run is None
        if mine:
            run = runs[key] = Future()
    if not mine:
        return run.result()
    try:
        page = cache.get(key)
        if page is None:
            page = compute()
            cache.set(key, page)
        run.set_result(page)
    except BaseException as error:
        run.set_exception(error)
        raise
    finally:
        del runs[key]
    return page
