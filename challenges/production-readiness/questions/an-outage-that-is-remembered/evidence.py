"""Which statuses the probes get: pairs (observed, claimed)."""

import datetime as dt

import time_machine
from flask import Flask
from flask_caching import Cache

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def statuses():
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    second = 0

    @app.get("/ready")
    @cache.cached(timeout=300)
    def ready():
        if second >= 10:
            return "ready"
        return "database down", 503

    answers = {}
    with time_machine.travel(START, tick=False) as clock:
        for second in range(1, 310, 5):
            clock.move_to(START + dt.timedelta(seconds=second))
            answers[second] = app.test_client().get("/ready").status_code
    return [answers[at] for at in (6, 11, 296, 306)]


def errors_not_kept():
    return statuses(), [503, 200, 200, 200]


def renewed():
    return statuses(), [503, 503, 503, 503]


def one_stale():
    return statuses(), [503, 503, 200, 200]


def kept_to_the_end():
    return statuses(), [503, 503, 503, 200]


def tuples_not_kept():
    return statuses(), [503, 200, 200, 200]


def last_success():
    return statuses(), [200, 200, 200, 200]
