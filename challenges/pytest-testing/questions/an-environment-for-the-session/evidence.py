"""Each fixture under pytest: (the outcomes of two tests, what BANK is afterwards)."""

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
import os

import pytest
from flask import Flask

made = []


def create_app():
    made.append(1)
    app = Flask(__name__)
    app.config["BANK"] = os.environ.get("BANK")
    return app


@pytest.fixture(scope="session")
def app(ARGUMENT):
    BODY


MORE


def test_one(app):
    assert app.config["BANK"] == "test"


def test_two(app):
    assert app.config["BANK"] == "test"
    assert len(made) == 1
"""
RIGHT = (["passed", "passed"], "real")


def session(argument, *body, more=""):
    os.environ["BANK"] = "real"
    text = STEM.replace("ARGUMENT", argument).replace("BODY", "\n    ".join(body)).replace("MORE", more)
    return run(text)[0], os.environ["BANK"]


def undone_early():
    return session("monkeypatch", 'monkeypatch.setenv("BANK", "test")', "yield create_app()"), RIGHT


def context():
    return session(
        "",
        "with pytest.MonkeyPatch.context() as patch:",
        '    patch.setenv("BANK", "test")',
        "    yield create_app()",
    ), RIGHT


def environ():
    return session("", 'os.environ["BANK"] = "test"', "return create_app()"), RIGHT


def request():
    line = 'request.getfixturevalue("monkeypatch").setenv("BANK", "test")'
    return session("request", line, "return create_app()"), RIGHT


def works():
    return session("monkeypatch", 'monkeypatch.setenv("BANK", "test")', "return create_app()"), RIGHT


def autouse():
    more = """@pytest.fixture(autouse=True)
def bank(monkeypatch):
    monkeypatch.setenv("BANK", "test")
"""
    return session("", "return create_app()", more=more), RIGHT
