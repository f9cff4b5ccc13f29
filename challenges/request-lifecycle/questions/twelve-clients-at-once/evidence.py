"""How many requests are in the view, and for how long the last waits: pairs of (at most, rounds of waiting).

gunicorn's threaded worker hands its requests to a ThreadPoolExecutor of as many threads as it is told.
"""

import asyncio
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

SECOND = 0.2


def served():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    lock = threading.Lock()
    inside = [0, 0]  # now, at most

    @app.get("/quote")
    async def quote():
        with lock:
            inside[0] += 1
            inside[1] = max(inside)
        await asyncio.sleep(SECOND)
        with lock:
            inside[0] -= 1
        return "42"

    app.test_client().get("/")  # what the first request loads is loaded
    begun = time.monotonic()
    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(lambda number: app.test_client().get("/quote").text, range(12)))
    assert answers == ["42"] * 12
    return inside[1], int((time.monotonic() - begun) / SECOND)


def per_thread():
    return served(), (4, 3)


def loop_takes_all():
    return served(), (12, 1)


def loops_in_turn():
    return served(), (1, 12)


def one_more_each():
    return served(), (8, 2)


def main_thread_helps():
    return served(), (5, 3)


def begun_at_once():
    return served(), (12, 3)
