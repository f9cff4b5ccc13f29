"""What an author begins with, and the workbench that tells what is left to do."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli import main
from harness.content import load_library
from harness.content.checks import check_library
from harness.content.diagnostics import Severity
from harness.grading.proof.verify import plan
from harness.grading.proof.workbench import Pieces, Proofs, lacks


@pytest.fixture
def root(tmp_path):
    (tmp_path / "content/challenges").mkdir(parents=True)
    return tmp_path / "content"


@pytest.fixture
def assay(root):
    def run(*arguments):
        return CliRunner().invoke(main, ["--content", str(root), *arguments])

    return run


@pytest.fixture
def begun(assay, root):
    assert assay("new-topic", "websockets", "--domain", "devops").exit_code == 0
    assert assay("new-task", "websockets/chat-room", "--level", "mid").exit_code == 0
    return root


def test_a_skeleton_has_no_fault_as_a_draft(begun):
    library = load_library([begun])
    errors = [str(found) for found in check_library(library) if found.severity is Severity.ERROR]
    assert errors == []
    assert list(library.tasks) == ["websockets/chat-room"]
    assert list(library.questions) == ["websockets/first-question"]


def test_orders_go_on_within_a_domain(assay, begun):
    assay("new-topic", "queues", "--domain", "devops")
    assay("new-topic", "forms", "--domain", "security")
    topics = load_library([begun]).topics
    assert [(topic.slug, topic.order) for topic in topics.values()] == [("forms", 1), ("websockets", 1), ("queues", 2)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new-topic", "websockets", "--domain", "devops"), "is already there"),
        (("new-topic", "Web Sockets", "--domain", "devops"), "is no name for a folder"),
        (("new-task", "websockets/chat-room"), "is already there"),
        (("new-task", "nothing/chat-room"), "There is no topic 'nothing'"),
        (("new-task", "websockets/"), "is no name for a folder"),
        (("new-task", "websockets/x", "--kind", "test"), "begin with a copy of"),
        (("author", "nothing"), "There is no topic 'nothing'"),
    ],
)
def test_what_can_not_be_begun_is_said(assay, begun, arguments, said):
    before = sorted(begun.rglob("*"))
    result = assay(*arguments)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert sorted(begun.rglob("*")) == before


def test_what_publishing_lacks_is_not_what_is_wrong_now(begun):
    missing = lacks(load_library([begun]), "websockets")
    assert any("has 2 checks; 12 are needed" in line for line in missing)
    assert any("has 1 concepts; 8 are needed" in line for line in missing)


def unproven(root, proofs):
    whole = plan(load_library([root]), [])
    pieces = Pieces.of(whole, "image")
    left = pieces.unproven(whole, proofs)
    return pieces, left, sorted([*(case.name for case in left.cases), *(question.slug for question in left.questions)])


def test_only_what_changed_is_proven_again(begun, tmp_path):
    proofs = Proofs(tmp_path / "cache/proofs.json")
    pieces, left, names = unproven(begun, proofs)
    assert names == ["first-question", "solution", "starter"]
    proofs.note(pieces.without(left, []))
    assert unproven(begun, Proofs(tmp_path / "cache/proofs.json"))[2] == []

    solution = begun / "reference/websockets/chat-room/solution/app.py"
    solution.write_text(solution.read_text() + "\n# a change\n")
    assert unproven(begun, proofs)[2] == ["solution"]

    hidden = begun / "challenges/websockets/tasks/chat-room/hidden/tests/test_hidden.py"
    hidden.write_text(hidden.read_text() + "\n# a change\n")
    assert unproven(begun, proofs)[2] == ["solution", "starter"]


def test_what_has_a_finding_is_proven_again(begun, tmp_path):
    proofs = Proofs(tmp_path / "proofs.json")
    pieces, left, _ = unproven(begun, proofs)
    solution = next(case for case in left.cases if case.name == "solution")

    class Finding:
        where = solution.where

    proofs.note(pieces.without(left, [Finding()]))
    assert unproven(begun, proofs)[2] == ["solution"]


def test_a_damaged_file_of_proofs_proves_nothing(begun, tmp_path):
    (tmp_path / "proofs.json").write_text("[1,")
    assert unproven(begun, Proofs(tmp_path / "proofs.json"))[2] == ["first-question", "solution", "starter"]
