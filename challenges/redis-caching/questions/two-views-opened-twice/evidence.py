"""What is in the list after the four requests: pairs of lists, or the exception's type."""

from flask import Flask
from flask_caching import Cache


def seen():
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    runs = []
    try:

        @app.get("/a")
        @cache.cached(timeout=60)
        def a():
            runs.append("a")
            return "a"

        @cache.cached(timeout=60)
        @app.get("/b")
        def b():
            runs.append("b")
            return "b"

    except Exception as error:
        return type(error), []
    client = app.test_client()
    return runs, [client.get(path).status_code for path in ("/a", "/a", "/b", "/b")]


FINE = [200, 200, 200, 200]


def a_b():
    return seen(), (["a", "b"], FINE)


def a_a_b():
    return seen(), (["a", "a", "b"], FINE)


def a_b_b():
    return seen(), (["a", "b", "b"], FINE)


def a_a_b_b():
    return seen(), (["a", "a", "b", "b"], FINE)


def nothing_after_import():
    return isinstance(seen()[0], type), True


def b_answers_500():
    return seen(), (["a"], [200, 200, 500, 500])
