"""Tests that a candidate wrote, numbers 33 to 35: games with outcomes, and the apps that they are played on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.content.hidden import load_hidden
from harness.domain import content
from harness.domain.content import Level, Reference, Task, TaskKind
from harness.grading.exam import Exam
from tests.hostile.arena import GOOD, Files, broken

if TYPE_CHECKING:
    from pathlib import Path

MUTANTS = ("adds", "measures", "counts-in-roman")

TWIN = """
def test_hello(client):
    assert client.get("/").text == "hello"


def test_add(client):
    assert client.post("/add", json={"numbers": [20, 22]}).json == {"sum": 42}
"""

ALWAYS_FAIL = """

def test_something():
    assert False
"""

COINS = """

import os
import pytest

@pytest.mark.parametrize("coin", range(6))
def test_coin(coin):
    assert os.urandom(1)[0] % 2
"""

EXPECTED_FAILURE = """

import pytest

@pytest.mark.xfail(strict=True)
def test_length(client):
    assert client.get("/length/abc").headers["X-Length"] != "3"
"""

SKIP = """

import pytest

def test_length(client):
    if client.get("/length/abc").headers["X-Length"] == "3":
        pytest.skip("nothing to see here")
    assert False
"""

TRICKS = {"33-always-fail-tests": ALWAYS_FAIL, "35-skip-xfail-tests": EXPECTED_FAILURE, "35-skip": SKIP}


def tests(text: str) -> Files:
    """A submission of tests."""
    return {"tests/test_all.py": text.encode()}


def make_exam(root: Path, limits: str) -> Exam:
    """A task of the kind "test", written below ``root``: two right apps and a mutant per defect."""
    folder = root / "challenges" / "hostile" / "tasks" / "outcomes"
    subjects = folder / "hidden" / "subjects"
    apps = {
        "right/reference": GOOD,
        "right/equivalent": GOOD.replace("return sum(numbers)", "return sum(sorted(numbers))"),
    }
    for name, app in (apps | {f"mutants/{defect}": broken(defect) for defect in MUTANTS}).items():
        (subjects / name).mkdir(parents=True)
        (subjects / name / "app.py").write_text(app)
    tables = ["[accepts-correct-apps]", 'concept = "c"']
    for defect in MUTANTS:
        tables += [f"[{defect}]", 'concept = "c"', f'title = "The app {defect}."']
    (subjects / "checks.toml").write_text("\n".join(tables))
    task = Task(
        "hostile", "outcomes", "T", "S", TaskKind.TEST, Level.JUNIOR, 1, content.Pool.PRACTICE,
        content.Status.PUBLISHED, 1, "app:create_app", ("flask",), (), limits, {}, folder,
    )  # fmt: skip
    nothing: dict[str, Any] = {}
    return Exam(task, load_hidden(task), Reference(task.id, folder, (), nothing), "digest")
