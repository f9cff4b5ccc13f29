"""The age at which a browser may still show a page that the app's cache gave out after 599 seconds.

Pairs of (at most ten minutes, the app's cache was used, the browser's copy is fresh for some time).
"""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask, make_response
from flask_caching import Cache
from werkzeug.http import parse_date

CLAIMED = (True, True, True)


def seen(change=None, max_age=True, **options):
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        app = Flask(__name__)
        cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
        rendered = []

        @app.get("/news")
        @cache.cached(timeout=600, **options)
        def news():
            rendered.append(datetime.now(UTC))
            response = make_response("news")
            if max_age:
                response.cache_control.max_age = 600
            if change:
                change(response)
            return response

        client = app.test_client()
        first = fresh_for(client.get("/news"))
        clock.shift(599)
        late = fresh_for(client.get("/news"))
        age = datetime.now(UTC) - rendered[-1] + timedelta(seconds=late)
        return age <= timedelta(minutes=10), len(rendered) == 1, first > 0


def fresh_for(response):
    """Seconds, for a cache of one user: max-age goes before Expires."""
    if response.cache_control.max_age is not None:
        return response.cache_control.max_age - int(response.headers.get("Age", 0))
    if "Expires" in response.headers:
        return (parse_date(response.headers["Expires"]) - datetime.now(UTC)).total_seconds()
    return 0


def must_revalidate():
    return seen(lambda response: setattr(response.cache_control, "must_revalidate", True)), CLAIMED


def s_maxage():
    return seen(lambda response: setattr(response.cache_control, "s_maxage", 600)), CLAIMED


def etag():
    return seen(lambda response: response.add_etag()), CLAIMED


def expires():
    def change(response):
        response.expires = datetime.now(UTC) + timedelta(seconds=600)

    return seen(change, max_age=False), CLAIMED


def vary():
    return seen(lambda response: response.vary.add("Cookie")), CLAIMED


def hit_indication():
    return seen(response_hit_indication=True), CLAIMED
