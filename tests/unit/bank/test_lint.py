"""``assay bank lint`` and ``stats``: each fault is found, with its file, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import cli
from harness.bank.guessing import STRATEGIES, success
from harness.bank.lint import lint
from harness.content.library import load_library
from tests.unit.bank.factory import COUNT, made_up, make_bank, question_path, question_text
from tests.unit.content.factory import change, write

if TYPE_CHECKING:
    from pathlib import Path

TOO_SMALL = {  # one topic is no bank
    "challenges: error: the bank has 1 published topics; 27 are needed",
    "challenges: error: the bank has 21 published questions; 567 are needed",
}
ONE = question_path(4)
RIGHT = made_up(4, 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_bank(tmp_path)


def findings(root: Path) -> set[str]:
    return {str(found) for found in lint(load_library([root]))} - TOO_SMALL


def test_a_faultless_bank_has_no_findings(root: Path) -> None:
    assert {str(found) for found in lint(load_library([root]))} == TOO_SMALL
    assert lint(load_library([root]), ["contexts"]) == ()


STEM = "What does"
FAULTS = [
    (STEM, "<b>What</b> does", "raw HTML or a bare link"),
    (STEM, "What of <int:id> does", "raw HTML or a bare link"),
    (STEM, "\n<div>\n\nWhat does", "raw HTML, which would not be shown"),
    (STEM, "What **does", "the mark ** has no partner"),
    (STEM, "What `does", "the mark ` has no partner"),
    ("```python", "```py", "names the language 'py'"),
    ("```python", "```", "names the language ''"),
    (STEM, "Why\n\n    here?\n\nWhat does", "is taken for code"),
    ("print(4)", "print(4", "a code block does not parse"),
    ("print(4)", "print( 4 )", "a code block is not formatted"),
    ("print(4)", "print('4')", "a code block is not formatted"),
    ("As it is.", "As it is recieved.", "recieved ==> received"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_of_a_text_is_found(root: Path, old: str, new: str, message: str) -> None:
    change(root, ONE, old, new)
    found = findings(root)
    assert found
    assert all(ONE in finding and message in finding for finding in found)


FINE = [
    (STEM, "What of `<int:id>` does"),
    (STEM, "What of **this** does `x ** 2` and"),
    ("print(4)", "print(4, …)"),
    ("print(4)", "import os\n\nclass A: ...\n\ndef f(): ..."),
    ("print(4)", "@app.get('/')\ndef f():\n    return await g()".replace("'", '"')),
    ("As it is.", "Eager by selectin, not by a join."),
    ("```python\nprint(4)", "```pycon\n>>> print( 4 )"),
]


@pytest.mark.parametrize(("old", "new"), FINE)
def test_what_is_fine_is_left_alone(root: Path, old: str, new: str) -> None:
    change(root, ONE, old, new)
    assert findings(root) == set()


def test_near_duplicates_are_found_in_stems_and_in_options(root: Path) -> None:
    write(root, question_path(5), question_text(5, stem=f"What does {made_up(4)} show?\n\n```python\nprint(4)\n```"))
    text = question_text(8)
    for place in range(6):
        text = text.replace(made_up(8, place), made_up(4, place))
    write(root, question_path(8), text)
    found = findings(root)
    assert {finding.split(" are ")[0] for finding in found} == {
        f"{question_path(5)}: error: its stems",
        f"{question_path(8)}: error: its options",
    }
    assert all("contexts/question-04" in finding for finding in found)


def test_too_few_of_a_level_or_for_exams(root: Path) -> None:
    write(root, question_path(1), question_text(1, level="junior"))
    assert findings(root) == {
        "challenges/contexts/topic.toml: error: has 6 published questions of level mid; 7 are needed"
    }
    for number in (3, 7, 11):
        write(root, question_path(number), question_text(number, pool="practice"))
    assert any("has 2 of 21 questions for exams; a fifth is needed" in finding for finding in findings(root))


def test_drafts_do_not_count_but_are_held_to_their_form(root: Path) -> None:
    change(root, ONE, 'kind = "single"', 'kind = "single"\nstatus = "draft"')
    assert any("has 20 published questions; 21 are needed" in finding for finding in findings(root))
    change(root, "challenges/contexts/topic.toml", 'status = "published"', 'status = "draft"')
    drafts = {str(found) for found in lint(load_library([root]))}
    assert all("the bank has 0" in finding for finding in drafts)
    change(root, ONE, STEM, "What **does")
    assert any("has no partner" in finding for finding in findings(root))


def test_shares_over_the_bank(root: Path) -> None:
    for number in range(COUNT):
        path = question_path(number)
        change(root, path.replace("question.toml", "evidence.py"), "def right():\n    return 1, 1\n\n\n", "")
        write(root, path, question_text(number, stem=f"What is {made_up(number)}, in one word?"))
    found = findings(root)
    assert any("0 of 21 stems show code" in finding for finding in found)
    assert any("0 of 21 questions have evidence for what is right" in finding for finding in found)


GIVEN_AWAY = {
    "the longest": lambda text: text + " babanene",
    "the shortest": lambda text: text[:-10],
    "shares most words with the stem": lambda text: "What does print " + text[16:],
    "most code and punctuation": lambda text: "`" + text[1:-1] + "`",
}


@pytest.mark.parametrize("name", GIVEN_AWAY)
def test_options_that_give_themselves_away(root: Path, name: str) -> None:
    for number in range(COUNT):
        right = made_up(number, 0)
        change(root, question_path(number), right, GIVEN_AWAY[name](right))
    assert any(f"takes the option that is {name} is right in" in finding for finding in findings(root))


def test_ties_are_broken_by_chance(root: Path) -> None:
    questions = list(load_library([root]).questions.values())
    assert success(STRATEGIES["the longest"], questions) == pytest.approx(1 / 6)
    assert success(STRATEGIES["the longest"], []) == 0


def test_the_commands(root: Path) -> None:
    run = CliRunner().invoke
    fine = run(cli.main, ["--content", str(root), "bank", "lint", "contexts"])
    assert (fine.exit_code, fine.output) == (0, "21 questions: 0 errors, 0 warnings.\n")
    change(root, ONE, STEM, "What **does")
    faulty = run(cli.main, ["--content", str(root), "bank", "lint"])
    assert faulty.exit_code == 1
    assert ONE in faulty.output
    unknown = run(cli.main, ["--content", str(root), "bank", "lint", "nothing"])
    assert unknown.exit_code == 2
    assert "There is no topic 'nothing'" in unknown.output
    numbers = json.loads(run(cli.main, ["--content", str(root), "bank", "stats", "--format", "json"]).output)
    assert numbers["total"]["levels"] == {"junior": 7, "mid": 7, "senior": 7}
    assert numbers["guessing"]["the longest"] == pytest.approx(1 / 6)
    assert "contexts" in run(cli.main, ["--content", str(root), "bank", "stats"]).output
