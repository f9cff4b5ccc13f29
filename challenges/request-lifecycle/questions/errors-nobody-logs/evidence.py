"""What the change does: pairs of ([status of an unknown address before, after], [entries of a crash before, after])."""

import logging

from flask import Flask


class Entries(logging.Handler):
    def __init__(self):
        super().__init__()
        self.entries = []

    def emit(self, record):
        if record.levelno == logging.ERROR and record.exc_info:
            self.entries.append(record)


def api(what):
    app = Flask(__name__)
    app.logger.handlers = [entries := Entries()]

    @app.errorhandler(what)
    def failed(error):
        return {"error": "internal"}, 500

    @app.get("/crash")
    def crash():
        return {"rate": 1 / 0}

    client = app.test_client()
    client.get("/crash")
    return client.get("/unknown").status_code, len(entries.entries)


def changed():
    before, after = api(500), api(Exception)
    return [before[0], after[0]], [before[1], after[1]]


def nothing_changes():
    return changed(), ([404, 404], [1, 1])


def log_lost():
    return changed(), ([404, 404], [1, 0])


def log_doubled():
    return changed(), ([404, 404], [1, 2])


def http_taken():
    return changed(), ([404, 500], [1, 1])


def taken_and_silent():
    return changed(), ([404, 500], [1, 0])


def taken_and_doubled():
    return changed(), ([404, 500], [1, 2])
