"""What is stored, and whether the statuses stay: pairs of (outcomes stored, statuses)."""

import logging

from flask import Flask, Response, abort
from flask_caching import Cache
from werkzeug.exceptions import HTTPException

CLAIMED = (["report"], [200, 404, 503])


class StationDown(Exception):
    pass


def outcome(worth_keeping):
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})

    def ask_station(city):
        if city == "oslo":
            raise StationDown
        return {"degrees": 12}

    @app.get("/weather/<city>")
    @cache.cached(timeout=600, response_filter=worth_keeping)
    def weather(city):
        if city not in ("rome", "oslo"):
            abort(404)
        try:
            return ask_station(city)
        except StationDown:
            return {"error": "try again"}, 503

    client = app.test_client()
    paths = {"report": "/weather/rome", "missing": "/weather/nowhere", "down": "/weather/oslo"}
    statuses = [client.get(path).status_code for path in paths.values()]
    with app.app_context():
        return [name for name, path in paths.items() if cache.has(f"view/{path}")], statuses


def status_code():
    return outcome(lambda rv: rv.status_code == 200), CLAIMED


def no_tuples():
    return outcome(lambda rv: not isinstance(rv, tuple)), CLAIMED


def dicts():
    return outcome(lambda rv: isinstance(rv, dict)), CLAIMED


def getattr_status():
    return outcome(lambda rv: getattr(rv, "status_code", 200) == 200), CLAIMED


def responses():
    return outcome(lambda rv: isinstance(rv, Response) and rv.status_code == 200), CLAIMED


def no_exceptions():
    return outcome(lambda rv: not isinstance(rv, HTTPException)), CLAIMED
