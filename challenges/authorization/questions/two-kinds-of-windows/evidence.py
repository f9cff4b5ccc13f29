"""The numbers of requests that are answered with 200, for both strategies."""

import datetime as dt

import time_machine
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


def served(strategy):
    app = Flask(__name__)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", strategy=strategy)

    @app.get("/quote")
    @limiter.limit("10 per minute")
    def quote():
        return "quote"

    client = app.test_client()
    total = 0
    with time_machine.travel(dt.datetime(2030, 1, 1, 12, 0, 30, tzinfo=dt.UTC), tick=False) as clock:
        for pause, requests in ((0, 1), (58, 12), (3, 20)):
            clock.shift(pause)
            total += sum(client.get("/quote").status_code == 200 for _ in range(requests))
    return total


def both():
    return served("fixed-window"), served("moving-window")


def twenty_eleven():
    return both(), (20, 11)


def eleven_eleven():
    return both(), (11, 11)


def twenty_ten():
    return both(), (20, 10)


def eleven_ten():
    return both(), (11, 10)


def twenty_twenty():
    return both(), (20, 20)


def ten_eleven():
    return both(), (10, 11)
