"""For each order: (members are refused after an admin's visit, all requests are counted, reports built in a minute)."""

from functools import wraps

from flask import Flask, abort, request
from flask_caching import Cache
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

CLAIMED = (True, True, 1)


def outcome(*order):
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    built = []

    def admin_required(view):
        @wraps(view)
        def guarded(*arguments, **values):
            if request.headers.get("X-User") != "admin":
                abort(403)
            return view(*arguments, **values)

        return guarded

    def report():
        built.append(1)
        return "report"

    decorators = {
        "limit": limiter.limit("30 per minute"),
        "role": admin_required,
        "cache": cache.cached(timeout=60),
    }
    view = report
    for name in reversed(order):
        view = decorators[name](view)
    app.get("/report")(view)
    client = app.test_client()

    def answer(user):
        return client.get("/report", headers={"X-User": user}).status_code

    first = [answer("admin") for _ in range(10)]
    members = {answer("member") for _ in range(20)}
    assert first[0] == 200
    return members == {403}, answer("admin") == 429, len(built)


def limit_cache_role():
    return outcome("limit", "cache", "role"), CLAIMED


def role_limit_cache():
    return outcome("role", "limit", "cache"), CLAIMED


def role_cache_limit():
    return outcome("role", "cache", "limit"), CLAIMED


def cache_limit_role():
    return outcome("cache", "limit", "role"), CLAIMED


def limit_role_cache():
    return outcome("limit", "role", "cache"), CLAIMED


def cache_role_limit():
    return outcome("cache", "role", "limit"), CLAIMED
