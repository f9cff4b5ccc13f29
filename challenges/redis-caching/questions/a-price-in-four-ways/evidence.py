"""How often the function has run: pairs of (runs in the first round, in the second)."""

from flask import Flask
from flask_caching import Cache


def rounds():
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    runs = []

    @cache.memoize(timeout=600)
    def price(item, currency="EUR"):
        runs.append(item)
        return 10

    def four_ways():
        price(7)
        price("7")
        price(7, "EUR")
        price(item=7)

    with app.app_context():
        four_ways()
        first = len(runs)
        cache.delete_memoized(price, 7)
        four_ways()
    return first, len(runs) - first


def two():
    return rounds(), (1, 1)


def three():
    return rounds(), (2, 1)


def four():
    return rounds(), (2, 2)


def five():
    return rounds(), (4, 1)


def six():
    return rounds(), (3, 3)


def eight():
    return rounds(), (4, 4)
