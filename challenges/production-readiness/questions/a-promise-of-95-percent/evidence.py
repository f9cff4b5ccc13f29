"""Which test of the reports agrees with the promise: pairs (observed, claimed)."""

import math
from statistics import fmean

from flask import Flask

HOURS = [  # the durations of each worker, as (how many, seconds)
    ([(990, 0.1)], [(40, 0.1), (20, 3.0)]),
    ([(900, 0.1)], [(100, 0.5)]),
    ([(500, 0.1), (60, 0.31)], [(10, 0.1)]),
    ([(90, 0.1), (10, 0.4)], [(900, 0.1)], [(900, 0.2)]),
    ([(100, 0.2)], [(100, 0.1)]),
    ([(93, 0.1), (7, 0.35)], [(1, 0.1)], [(1, 0.1)]),
]


def reports(hour):
    """What each worker of an hour publishes."""
    published = []
    for spread in hour:
        seconds = [s for many, s in spread for _ in range(many)]
        app = Flask(__name__)
        app.add_url_rule("/report", "report", lambda seconds=seconds: report(seconds))
        published.append(app.test_client().get("/report").json)
    return published


def report(seconds):
    return {
        "count": len(seconds),
        "sum": sum(seconds),
        "fast": sum(s <= 0.3 for s in seconds),
        "p95": sorted(seconds)[math.ceil(len(seconds) * 0.95) - 1],
    }


def agrees(test):
    """Whether the test says for each hour what the durations say."""
    for hour in HOURS:
        seconds = [s for spread in hour for many, s in spread for _ in range(many)]
        kept = sum(s <= 0.3 for s in seconds) >= 0.95 * len(seconds)
        if test(reports(hour)) != kept:
            return False
    return True


def total(published, name):
    return sum(each[name] for each in published)


def mean_p95():
    return agrees(lambda published: fmean(each["p95"] for each in published) <= 0.3), True


def fast_by_count():
    return agrees(lambda published: total(published, "fast") >= 0.95 * total(published, "count")), True


def max_p95():
    return agrees(lambda published: max(each["p95"] for each in published) <= 0.3), True


def weighted_p95():
    return agrees(
        lambda published: sum(each["p95"] * each["count"] for each in published) / total(published, "count") <= 0.3
    ), True


def mean_share():
    return agrees(lambda published: fmean(each["fast"] / each["count"] for each in published) >= 0.95), True


def mean_duration():
    return agrees(lambda published: total(published, "sum") / total(published, "count") <= 0.3), True
