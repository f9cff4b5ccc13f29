"""What the stem prints, in order."""

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

import pytest

OPTIONS = ["-s", "--tb=no"]


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


@pytest.fixture
def database():
    print("open")
    yield "database"
    print("close")


@pytest.fixture
def client(database):
    print("log in")
    yield "client"
    print("log out")


def test_a_wallet(client):
    print("test")
    assert client == "wallet"
"""
WORDS = ("open", "close", "log in", "log out", "test")


def printed():
    outcomes, text = run(STEM)
    assert outcomes == ["failed"]
    return [line.removeprefix(".").removeprefix("F") for line in text.splitlines() if line.lstrip(".F") in WORDS]


def no_teardown():
    return printed(), ["open", "log in", "test"]


def same_order():
    return printed(), ["open", "log in", "test", "close", "log out"]


def argument_order():
    return printed(), ["log in", "open", "test", "log out", "close"]


def backwards():
    return printed(), ["open", "log in", "test", "log out", "close"]


def at_once():
    return printed(), ["open", "close", "log in", "log out", "test"]


def inner_only():
    return printed(), ["open", "log in", "test", "log out"]
