"""Whether each gets their own page and is counted once: pairs of (greetings, how often messages were counted)."""

from flask import Flask, make_response, session
from flask_caching import Cache

CLAIMED = (["Ada", "Ben", "Ada"], 2)


def seen(decorator, headers=None):
    app = Flask(__name__)
    app.secret_key = "for this test"
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    counted = []

    def count_messages(user_id):
        counted.append(user_id)
        return 3

    try:

        @app.get("/home")
        @decorator(cache)
        def home():
            text = f"Hello {session['name']}, you have {count_messages(session['user_id'])}"
            return make_response(text, headers) if headers else text

    except RuntimeError as error:
        return type(error)

    def visit(number, name):
        client = app.test_client()
        with client.session_transaction() as new:
            new.update(user_id=number, name=name)
        return client.get("/home").text.split()[1].rstrip(",")

    return [visit(1, "Ada"), visit(2, "Ben"), visit(1, "Ada")], len(counted)


def percent_s():
    return seen(lambda cache: cache.cached(timeout=60, key_prefix="home/%s")), CLAIMED


def vary_cookie():
    return seen(lambda cache: cache.cached(timeout=60), {"Vary": "Cookie"}), CLAIMED


def memoize():
    return seen(lambda cache: cache.memoize(timeout=60)), CLAIMED


def unless_user():
    return seen(lambda cache: cache.cached(timeout=60, unless=lambda: session.get("user_id") is not None)), CLAIMED


def callable_prefix():
    return seen(lambda cache: cache.cached(timeout=60, key_prefix=lambda: f"home/{session['user_id']}")), CLAIMED


def f_string_prefix():
    return seen(lambda cache: cache.cached(timeout=60, key_prefix=f"home/{session['user_id']}/%s")), CLAIMED
