"""How the second requests are answered: pairs of lists of statuses."""

import logging
from types import SimpleNamespace

from flask import Flask, abort
from flask_caching import Cache


def answered():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    rows = {2: SimpleNamespace(sold=True, count=1), 3: SimpleNamespace(sold=False, count=0)}
    find_item = rows.get

    @app.get("/items/<int:number>")
    @cache.cached(timeout=60)
    def item(number):
        row = find_item(number)
        if row is None:
            abort(404)
        if row.sold:
            return {"error": "sold"}, 410
        return {"share": 100 / row.count}

    client = app.test_client()

    def statuses():
        return [client.get(f"/items/{number}").status_code for number in (1, 2, 3)]

    assert statuses() == [404, 410, 500]
    rows[1] = SimpleNamespace(sold=False, count=1)
    rows[2].sold = False
    rows[3].count = 4
    return statuses()


def abort_not_stored():
    return answered(), [200, 410, 200]


def nothing_stored():
    return answered(), [200, 200, 200]


def tuple_not_stored():
    return answered(), [404, 200, 200]


def all_stored():
    return answered(), [404, 410, 500]


def crash_stored():
    return answered(), [200, 200, 500]


def aborts_and_tuples():
    return answered(), [404, 410, 200]
