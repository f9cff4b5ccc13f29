"""The fewest and the most attempts that pass, over ways to distribute forty requests among four processes."""

import os

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SHARES = [(40, 0, 0, 0), (37, 1, 1, 1), (20, 20, 0, 0), (34, 2, 2, 2), (13, 13, 13, 1), (10, 10, 10, 10)]


def passed(share):
    app = Flask(__name__)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")

    @app.post("/login")
    @limiter.limit("5 per minute")
    def login():
        return "", 204

    total = 0
    for requests in share:  # a worker is a process with the app in it, as gunicorn forks them
        reading, writing = os.pipe()
        worker = os.fork()
        if worker == 0:
            try:
                client = app.test_client()
                count = sum(client.post("/login").status_code == 204 for _ in range(requests))
                os.write(writing, str(count).encode())
            finally:
                os._exit(0)
        os.close(writing)
        total += int(os.read(reading, 10))
        os.waitpid(worker, 0)
        os.close(reading)
    return total


def extremes():
    counts = [passed(share) for share in SHARES]
    return min(counts), max(counts)


def exactly_five():
    return extremes(), (5, 5)


def five_to_twenty():
    return extremes(), (5, 20)


def exactly_twenty():
    return extremes(), (20, 20)


def one_to_five():
    return extremes(), (1, 5)


def five_to_forty():
    return extremes(), (5, 40)


def one_to_twenty():
    return extremes(), (1, 20)
