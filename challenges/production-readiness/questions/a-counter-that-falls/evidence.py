"""What the metrics system makes of the readings: pairs (observed, claimed)."""

from flask import Flask


class Worker:
    """An app with a counter of its own, as each worker process has."""

    def __init__(self, counted):
        self.counted = counted
        app = Flask(__name__)

        @app.get("/")
        def index():
            self.counted += 1
            return "page"

        @app.get("/metrics")
        def metrics():
            return str(self.counted)

        self.client = app.test_client()

    def read(self, requests):
        for _ in range(requests):
            self.client.get("/")
        return int(self.client.get("/metrics").text)


def increase():
    a, b = Worker(100), Worker(40)
    readings = [a.read(0), b.read(0), a.read(2), b.read(1), a.read(2)]
    assert readings == [100, 40, 102, 41, 104]
    return sum(
        after - before if after >= before else after for before, after in zip(readings, readings[1:], strict=False)
    )


def both_workers():
    return increase(), 5


def last_minus_first():
    return increase(), 4


def rises_only():
    return increase(), 125


def last_sum():
    return increase(), 145


def falls_only():
    return increase(), 81


def all_steps():
    return increase(), 206
