"""How pytest reports both functions."""

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

import pytest

OPTIONS = ["--tb=no"]


class Notes:
    def __init__(self):
        self.outcomes = []

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.outcomes.append("error" if report.when != "call" and report.failed else report.outcome)


def run(text, **files):
    """How pytest reports the tests of a file, in order; ``files`` are modules beside it."""
    notes = Notes()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
        for name, content in files.items():
            Path(folder, f"{name}.py").write_text(content)
        file = Path(folder, f"test_{Path(folder).name}.py")  # a name of its own for each run
        file.write_text(text)
        sys.path.insert(0, folder)
        options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--import-mode=importlib"]
        pytest.main([*options, *OPTIONS, f"--basetemp={folder}/made", str(file)], plugins=[notes])
    return notes.outcomes, printed.getvalue()


STEM = """
import pytest
from flask import Flask, request


@pytest.fixture
def client():
    app = Flask(__name__)

    @app.post("/pay")
    def pay():
        if 0 <= request.json["amount"] <= 101:
            return {}, 201
        return {}, 422

    return app.test_client()


@pytest.mark.parametrize("amount", [-5, 0, 101])
def test_each(client, amount):
    assert client.post("/pay", json={"amount": amount}).status_code == 422


def test_all(client):
    for amount in [-5, 0, 101]:
        assert client.post("/pay", json={"amount": amount}).status_code == 422
"""


def reported():
    """Returns the outcomes of (test_each, test_all)."""
    each = STEM[: STEM.index("def test_all")]
    alone = STEM[: STEM.index("@pytest.mark.parametrize")] + STEM[STEM.index("def test_all") :]
    return sorted(run(each)[0]), sorted(run(alone)[0])


TWO_OF_THREE = ["failed", "failed", "passed"]


def one_each():
    return reported(), (["failed"], ["failed"])


def stops_early():
    return reported(), (["failed", "passed"], ["failed"])


def loop_counts():
    return reported(), (TWO_OF_THREE, TWO_OF_THREE)


def separate():
    return reported(), (TWO_OF_THREE, ["failed"])


def loop_two():
    return reported(), (TWO_OF_THREE, ["failed", "failed"])


def loop_passes():
    return reported(), (TWO_OF_THREE, ["passed"])
