"""What is printed: pairs of texts."""

from flask import Flask
from flask_caching import Cache


def printed():
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    calls = []

    @cache.memoize(timeout=60)
    def stock(code):
        calls.append(code)
        return {"A": 0, "B": "", "C": []}.get(code)

    with app.app_context():
        for code in "ABCDABCD":
            stock(code)
    return "".join(calls)


def nothing_again():
    return printed(), "ABCD"


def all_again():
    return printed(), "ABCDABCD"


def zero_and_none_again():
    return printed(), "ABCDAD"


def texts_and_none_again():
    return printed(), "ABCDBD"


def empties_and_none_again():
    return printed(), "ABCDBCD"


def none_again():
    return printed(), "ABCDD"
