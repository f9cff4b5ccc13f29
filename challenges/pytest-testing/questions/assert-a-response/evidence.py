"""Which options are true: the test of the stem is run by pytest, with the change that an option speaks of."""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import pytest

STEM = """
from flask import Flask

app = Flask(__name__)
app.testing = {testing}


@app.post("/transfers")
def transfer():
    return {body}, 409


def test_a_transfer_goes_through():
    client = app.test_client()
    assert client.post("/transfers", json={{"amount": 500}})
"""


class Notes:
    def __init__(self):
        self.outcome, self.warned = None, False

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.outcome = report.outcome

    def pytest_warning_recorded(self, warning_message):
        self.warned = self.warned or "assertion is always true" in str(warning_message.message)


def run(testing=False, body='{"error": "not enough money"}'):
    """How pytest reports the test, and whether it warned of an assertion that can't fail."""
    notes = Notes()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        file = Path(folder, "test_stem.py")
        file.write_text(STEM.format(testing=testing, body=body))
        pytest.main(["-q", "-p", "no:cacheprovider", "-c", os.devnull, str(file)], plugins=[notes])
    return notes.outcome, notes.warned


def raises():
    return run()[0], "failed"


def falsy():
    return run()[0], "failed"


def true_anyway():
    return run()[0], "passed"


def body_counts():
    return run(body='""')[0], "failed"


def testing_raises():
    return run(testing=True)[0], "failed"


def warns():
    return run(), ("passed", True)
