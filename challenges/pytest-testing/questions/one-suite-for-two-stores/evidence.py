"""Which implementations the report finds fault with, by the names in the tests' ids."""

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

import pytest

OPTIONS = ["-rf", "--tb=no"]


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
import random
from unittest.mock import create_autospec

import pytest


class Store:
    def __init__(self):
        self.kept = {}

    def put(self, name, value):
        self.kept[name] = value

    def get(self, name):
        return self.kept.get(name)


class FakeStore(Store):
    def get(self, name):
        return self.kept[name]


DECORATOR
def store(request):
    BODY


def test_known(store):
    store.put("a", 1)
    assert store.get("a") == 1


def test_unknown(store):
    assert store.get("b") is None
"""


def findings(fake, body, decorator="@pytest.fixture"):
    """The tests that fail while ``fake`` is the class that breaks the specification ("FakeStore" or "Store")."""
    text = STEM.replace("DECORATOR", decorator).replace("BODY", body)
    if fake == "Store":
        text = text.replace("self.kept.get(name)", "self.kept[name]").replace(
            "class FakeStore(Store):\n    def get(self, name):\n        return self.kept[name]",
            "class FakeStore(Store):\n    def get(self, name):\n        return self.kept.get(name)",
        )
    _, printed = run(text)
    return {line.split("::")[1].split(" ")[0] for line in printed.splitlines() if line.startswith("FAILED")}


def tells(*args):
    """Whether either broken class is reported, and the reports differ."""
    fake, real = findings("FakeStore", *args), findings("Store", *args)
    return bool(fake) and bool(real) and fake != real


def fake_alone():
    return tells("return FakeStore()"), True


def real_alone():
    return tells("return Store()"), True


def autospec():
    return tells("return create_autospec(Store, instance=True)"), True


def both_by_param():
    return tells("return request.param()", "@pytest.fixture(params=[Store, FakeStore])"), True


def same_methods():
    return tells("assert dir(FakeStore) == dir(Store); return FakeStore()"), True
