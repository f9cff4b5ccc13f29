"""What the three requests are answered with: pairs of lists."""

from flask import Flask, request
from flask_caching import Cache


def answered():
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})

    @app.get("/books")
    @cache.cached(timeout=60)
    def books():
        return f"page {request.args.get('page', 1, type=int)}"

    client = app.test_client()
    return [client.get(path).text for path in ("/books?page=2", "/books?page=3", "/books")]


def pages(*numbers):
    return [f"page {number}" for number in numbers]


def two_three_one():
    return answered(), pages(2, 3, 1)


def two_two_one():
    return answered(), pages(2, 2, 1)


def two_three_two():
    return answered(), pages(2, 3, 2)


def one_one_one():
    return answered(), pages(1, 1, 1)


def two_three_three():
    return answered(), pages(2, 3, 3)


def two_two_two():
    return answered(), pages(2, 2, 2)
