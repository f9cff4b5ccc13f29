"""The status, and whether the command has run: pairs of both."""

import hmac
import os
import pickle
import tempfile
from pathlib import Path

from flask import Flask, abort, request

KEY = os.urandom(32)


class Attack:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch {self.path}",)


def answered():
    app = Flask(__name__)
    queue = []

    @app.post("/jobs")
    def add():
        body = request.get_data()
        job = pickle.loads(body)
        mac = hmac.new(KEY, body, "sha256").hexdigest()
        if not hmac.compare_digest(mac, request.headers.get("X-Mac", "")):
            abort(403)
        queue.append(job)
        return "", 202

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "was-here")
        response = app.test_client().post("/jobs", data=pickle.dumps(Attack(path)), headers={"X-Mac": "0" * 64})
        return response.status_code, path.exists()


def refused_in_time():
    return answered(), (403, False)


def accepted_and_run():
    return answered(), (202, True)


def refused_too_late():
    return answered(), (403, True)


def accepted_and_waiting():
    return answered(), (202, False)


def failed_and_run():
    return answered(), (500, True)


def failed_in_time():
    return answered(), (500, False)
