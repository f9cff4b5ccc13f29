"""The hidden half: checks, references, subjects, and the digest that an attempt refers to."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from harness.content import load_library
from harness.content.checks import check_library
from harness.content.hidden import Hidden, load_hidden, load_reference, task_digest
from harness.domain.errors import ContentError
from tests.unit.content.factory import change, make_root, write

if TYPE_CHECKING:
    from pathlib import Path

    from harness.domain.content import Task

TASK = "challenges/contexts/tasks/request-log"
HIDDEN = f"{TASK}/hidden/tests/test_log.py"
REFERENCE = "reference/contexts/request-log"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path / "root")


def task_of(root: Path) -> Task:
    return load_library([root]).task("contexts/request-log")


def test_checks_are_read_from_the_markers(root: Path) -> None:
    change(root, HIDDEN, '"check-1", concept="isolation"', 'id="check-1", concept="isolation", points=2, seconds=2.5')
    change(root, HIDDEN, "Number 1 is kept.", "Number 1\n    is kept.\n\n    For graders.")
    hidden = load_hidden(task_of(root))
    assert len(hidden.checks) == 12
    first = hidden.check("check-1")
    assert (first.concept, first.points, first.seconds, first.title) == ("isolation", 2, 2.5, "Number 1 is kept.")
    assert first.where == HIDDEN
    with pytest.raises(KeyError):
        hidden.check("check-99")


def test_tests_in_classes_count(root: Path) -> None:
    text = (root / HIDDEN).read_text()
    head, _, rest = text.partition("@pytest")
    indented = "".join(f"    {line}\n" for line in f"@pytest{rest}".splitlines())
    write(root, HIDDEN, f"{head}class TestLog:\n{indented.replace('(client)', '(self, client)')}")
    assert len(load_hidden(task_of(root)).checks) == 12


def test_faults_of_the_hidden_half_are_raised_together(root: Path) -> None:
    change(root, HIDDEN, '"check-1"', '"Check"')
    change(root, HIDDEN, '"""Number 2 is kept."""', "")
    with pytest.raises(ContentError) as raised:
        load_hidden(task_of(root))
    assert "no slug" in str(raised.value)
    assert "no docstring" in str(raised.value)


def test_the_reference_says_what_is_expected(root: Path) -> None:
    reference = load_reference(task_of(root))
    assert reference.guards == ("check-12",)
    assert reference.expectations["wrong/belief-b"].must_fail == ("check-2",)
    assert reference.expectations["wrong/belief-b"].misconception == "belief-b"
    assert reference.explanation.startswith("It keeps it")


def test_a_root_need_not_have_references(root: Path) -> None:
    shutil.rmtree(root / "reference")
    assert load_reference(task_of(root)).expectations == {}


def test_a_reference_with_faults_is_raised(root: Path) -> None:
    change(root, f"{REFERENCE}/expected.toml", "score = 100", 'score = "all"')
    with pytest.raises(ContentError, match=r"`solution\.score` must be a whole number"):
        load_reference(task_of(root))


@pytest.mark.parametrize(
    "path", [HIDDEN, f"{TASK}/public/starter/log.py", f"{TASK}/task.toml", f"{TASK}/hidden/data/a.txt"]
)
def test_the_digest_follows_every_file_that_verdicts_hang_on(root: Path, path: str) -> None:
    before = task_digest(task_of(root))
    write(root, path, (root / path).read_text() + "\n" if (root / path).exists() else "new")
    assert task_digest(task_of(root)) != before


def test_the_digest_follows_nothing_else(root: Path, tmp_path: Path) -> None:
    before = task_digest(task_of(root))
    write(root, f"{REFERENCE}/explanation.md", "Better.")
    write(root, f"{TASK}/hidden/tests/__pycache__/test_log.cpython-311.pyc", "x")
    assert task_digest(task_of(root)) == before
    assert task_digest(task_of(make_root(tmp_path / "elsewhere"))) == before


CHECKS = """
[accepts-correct-apps]
concept = "lifetime"
"""
MUTANTS = [f"defect-{n}-is-found" for n in range(1, 7)]


@pytest.fixture
def suite(root: Path) -> Path:
    """The same content, its task one that asks for tests."""
    change(root, f"{TASK}/task.toml", 'kind = "build"', 'kind = "test"')
    shutil.rmtree(root / TASK / "hidden")
    subjects = f"{TASK}/hidden/subjects"
    for name in ("reference", "other", "third"):
        write(root, f"{subjects}/right/{name}/log.py", "def create_app(config): ...\n")
    tables = []
    for number, name in enumerate(MUTANTS):
        write(root, f"{subjects}/mutants/{name}/log.py", f"def create_app(config): return {number}\n")
        concept = ("isolation", "lookup", "teardown", "proxies", "stack", "binding")[number]
        tables.append(f'[{name}]\nconcept = "{concept}"\ntitle = "Defect {number} is found."\n')
    write(root, f"{subjects}/checks.toml", CHECKS + "\n".join(tables))
    solutions = [root / REFERENCE / "solution"]
    solutions += [path for name in ("equivalents", "wrong") for path in sorted((root / REFERENCE / name).iterdir())]
    for path in solutions:
        (path / "log.py").unlink()
        write(path, "tests/test_log.py", "def test_it(client): ...\n")
    wrong = [f'["wrong/belief-{letter}"]\nmust_fail = ["{MUTANTS[n]}"]\n' for n, letter in enumerate("abcde")]
    expected = '[solution]\nscore = 100\n[starter]\nscore = 0\nguards = ["accepts-correct-apps"]\n'
    write(root, f"{REFERENCE}/expected.toml", expected + "\n".join(wrong))
    change(
        root, "challenges/contexts/topic.toml", 'interview = "What is it?"', 'interview = "W?"\nshown_in = "question"'
    )
    return root


def hidden_of(root: Path) -> Hidden:
    return load_hidden(task_of(root))


def test_a_test_writing_task_has_subjects(suite: Path) -> None:
    hidden = hidden_of(suite)
    assert sorted(hidden.right) == ["other", "reference", "third"]
    assert sorted(hidden.mutants) == MUTANTS
    assert [check.id for check in hidden.checks] == ["accepts-correct-apps", *MUTANTS]
    assert hidden.check("accepts-correct-apps").title == "The tests pass on every app that does what the brief says."
    assert hidden.check(MUTANTS[0]).title == "Defect 0 is found."
    assert check_library(load_library([suite])) == ()


def test_mutants_and_their_tables_belong_together(suite: Path) -> None:
    subjects = f"{TASK}/hidden/subjects"
    shutil.rmtree(suite / subjects / "mutants" / MUTANTS[0])
    write(suite, f"{subjects}/mutants/new-defect/log.py", "x = 1\n")
    write(suite, f"{subjects}/mutants/{MUTANTS[1]}/log.py", "x = 1\n")
    (suite / subjects / "right/third/log.py").rename(suite / subjects / "right/third/other.py")
    (suite / REFERENCE / "solution/tests/test_log.py").unlink()
    found = [finding.message for finding in check_library(load_library([suite]))]
    assert "holds no tests/test_*.py" in found
    assert f"`{MUTANTS[0]}` has no folder in mutants/" in found
    assert "has no table in checks.toml" in found
    assert "has no module for the entry 'log:create_app'" in found


def test_two_equivalents_stand_beside_the_right_app(suite: Path) -> None:
    shutil.rmtree(suite / TASK / "hidden/subjects/right/third")
    (found,) = check_library(load_library([suite]))
    assert found.message == "has 2 apps; 3 are needed"


def test_the_check_that_right_apps_pass_can_t_be_left_out(suite: Path) -> None:
    change(suite, f"{TASK}/hidden/subjects/checks.toml", CHECKS, "")
    with pytest.raises(ContentError, match="`accepts-correct-apps` is missing"):
        hidden_of(suite)
