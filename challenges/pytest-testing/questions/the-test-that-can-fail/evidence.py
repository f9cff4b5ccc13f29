"""Which options are true: each body is run by pytest against an app that accepts an overdraft."""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import pytest

HEAD = """
import contextlib

import pytest
from flask import Flask

app = Flask(__name__)
app.testing = True


@app.post("/transfers")
def transfer():
    return {"left": -400}, 201


def overdraw(client):
    return client.post("/transfers", json={"amount": 500})


def test_an_overdraft_is_refused():
    client = app.test_client()
"""


class Notes:
    outcome = None

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.outcome = report.outcome


def reported(body):
    """How pytest reports a test with this body."""
    notes = Notes()
    indented = "".join(f"    {line}\n" for line in body.strip().splitlines())
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        file = Path(folder, "test_option.py")
        file.write_text(HEAD + indented)
        pytest.main(["-q", "-p", "no:cacheprovider", "-c", os.devnull, str(file)], plugins=[notes])
    return notes.outcome


def suppressed():
    return reported("""
with contextlib.suppress(Exception):
    response = overdraw(client)
    assert response.status_code == 409
"""), "failed"


def expected():
    return reported("""
with pytest.raises(Exception):
    response = overdraw(client)
    assert response.status_code == 409
"""), "failed"


def passed_over():
    return reported("""
try:
    response = overdraw(client)
    assert response.status_code == 409
except Exception:
    pass
"""), "failed"


def pytest_fail():
    return reported("""
try:
    if overdraw(client).status_code != 409:
        pytest.fail()
except Exception:
    pass
"""), "failed"


def asserted_error():
    return reported("""
try:
    response = overdraw(client)
    assert response.status_code == 409
except Exception as error:
    assert error
"""), "failed"


def comma():
    return reported("""
response = overdraw(client)
assert response, response.status_code == 409
"""), "failed"
