"""``assay quiz`` as a person meets it, with lines; ``test_terminal.py`` has the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from harness.bank.progress import Progress
from tests.unit.bank.factory import COUNT, make_bank, question_path, question_text
from tests.unit.content.factory import change, write

EXAM_ITEMS = COUNT // 4


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_bank(tmp_path / "root")


@pytest.fixture
def quiz(root: Path, tmp_path: Path):
    def run(*arguments: str, typed: str = "", columns: int = 80) -> Result:
        return CliRunner().invoke(
            cli.main,
            ["--content", str(root), "quiz", *arguments],
            input=typed,
            env={"ASSAY_DATA": str(tmp_path), "COLUMNS": str(columns)},
        )

    return run


@pytest.fixture
def kept(tmp_path: Path):
    return lambda: Progress(tmp_path / "progress.sqlite3")


def answers(output: str) -> list[str]:
    """The right letter of each question that was answered."""
    return re.findall(r"✓ Right: (\w)|right is (\w)", output)


def test_an_answer_is_explained_at_once(quiz):
    done = quiz("--count", "1", "--seed", "s", typed="b\nm\n\n")
    assert done.exit_code == 0
    assert "Question 1 of 1" in done.output
    told = done.output.index("You chose B; right is")
    assert done.output.index("B is wrong, your answer") > told
    assert "It happens because it does." in done.output[told:]
    assert "Flask documentation: The Application Context" in done.output[told:]
    more = done.output.index("m more")
    assert done.output[:more].count("is wrong") == 1
    assert done.output[more:].count("is wrong") == 4
    assert "0 of 1 right" in done.output


def test_the_same_seed_asks_the_same(quiz, tmp_path):
    first = quiz("--seed", "s", typed="q\n").output
    (tmp_path / "progress.sqlite3").unlink()
    assert quiz("--seed", "s", typed="q\n").output == first
    assert quiz("--seed", "t", typed="q\n").output != first


def test_what_was_missed_comes_back_first_and_can_be_asked_alone(quiz, kept):
    quiz("--count", "4", "--seed", "s", typed="a\n\n" * 4)
    missed = {id_ for id_, card in kept().cards().items() if card.missed}
    assert 0 < len(missed) <= 4
    quiz("--count", str(len(missed)), typed="q\n")
    assert {item.question.id for item in kept().load(2).items} == missed
    quiz("--missed", typed="q\n")
    assert {item.question.id for item in kept().load(3).items} == missed


def test_with_nothing_missed_that_is_said(quiz):
    done = quiz("--missed")
    assert done.exit_code == 2
    assert "You have missed none" in done.output


@pytest.mark.parametrize(
    "typed", ["b\n\n", "b\n\nq\n", "b\n"], ids=["input ends", "q", "input ends at the explanation"]
)
def test_leaving_at_any_moment_keeps_what_was_answered(quiz, kept, typed):
    done = quiz("--count", "3", typed=typed)
    assert done.exit_code == 0
    assert "of 1 right" in done.output
    assert [item.answer is not None for item in kept().load(1).items] == [True, False, False]


def test_a_skipped_question_is_not_answered(quiz, kept):
    assert "Nothing was answered" in quiz("--count", "2", typed="s\ns\n").output
    assert kept().cards() == {}


def test_what_is_no_option_is_asked_again(quiz):
    done = quiz("--count", "1", typed="x\nab\nB \n\n")
    assert done.output.count("Type one letter of A-F.") == 2
    assert "You chose B" in done.output or "Right: B" in done.output


def test_exam_items_and_drafts_are_never_asked(quiz, root, kept):
    change(root, question_path(0), 'kind = "single"', 'kind = "single"\nstatus = "draft"')
    quiz("--count", "99", typed="q\n")
    asked = [item.question for item in kept().load(1).items]
    assert len(asked) == COUNT - EXAM_ITEMS - 1
    assert {(str(question.pool), str(question.status)) for question in asked} == {("practice", "published")}


def test_a_draft_topic_is_never_asked(quiz, root):
    change(root, "challenges/contexts/topic.toml", '"published"', '"draft"')
    assert "No practice question fits" in quiz().output


@pytest.mark.parametrize(
    "arguments",
    [["--level", "senior"], ["--concept", "lookup"], ["--concept", "contexts/lookup"], ["--domain", "fundamentals"]],
    ids=" ".join,
)
def test_filters(quiz, kept, arguments):
    assert quiz(*arguments, "--count", "99", typed="q\n").exit_code == 0
    asked = [item.question for item in kept().load(1).items]
    assert asked
    for question in asked:
        assert {"senior": question.level == "senior", "fundamentals": True}.get(
            arguments[1], "lookup" in question.concepts
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--topic", "context"], "Did you mean contexts?"),
        (["--concept", "lokup"], "Did you mean"),
        (["--concept", "zzz"], "--list-concepts"),
        (["--domain", "orm"], "No practice question fits"),
        (["--count", "0"], "--count"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_fit_is_a_message(quiz, arguments, message):
    done = quiz(*arguments)
    assert done.exit_code == 2
    assert message in done.output


def test_several_right_answers(quiz, root):
    for number in range(COUNT):
        text = (
            question_text(number).replace('"single"', '"multi"').replace('misconception = "belief-a"', "correct = true")
        )
        write(root, question_path(number), text)
    done = quiz("--count", "1", "--seed", "s", typed="a\n\n")
    assert "Choose all that are right." in done.output
    one, other = re.search(r"right is (\w) and (\w)", done.output).groups()
    done = quiz("--count", "1", "--seed", "s", typed=f"{other} {one}\n\n".lower())
    assert f"✓ Right: {one} and {other}." in done.output


def test_concepts_are_listed_with_their_questions(quiz):
    done = quiz("--list-concepts")
    assert "contexts: Contexts (fundamentals)" in done.output
    assert re.search(r"lookup +\d+ +What lookup is\.", done.output)


@pytest.mark.parametrize("columns", [80, 40])
def test_it_keeps_to_the_terminal_s_width(quiz, root, columns):
    change(root, question_path(1), "What does", "`" + "long_name." * 20 + "`")
    done = quiz("--count", "99", typed="a\nm\n\n" * COUNT, columns=columns)
    told = [line for line in done.output.splitlines() if not line.endswith(": ")]
    assert max(map(len, told)) <= columns
    assert "…" not in done.output
    prompts = [line for line in done.output.splitlines() if line.endswith(": ")]
    assert max(map(len, prompts)) < 40


def test_without_colour_nothing_acts_on_the_terminal(quiz):
    assert "\x1b" not in quiz("--count", "1", typed="a\n\n").output


def test_control_characters_of_a_question_are_shown_not_obeyed(quiz, root):
    for number in range(COUNT):
        change(root, question_path(number), "As it is.", "As it is. &#x202e; \u202e")
    output = quiz("--count", "1", typed="a\nm\n\n").output
    assert "\u202e" not in output
    assert "\\u202e" in output


def test_a_progress_file_that_is_broken_is_a_message(quiz, tmp_path):
    (tmp_path / "progress.sqlite3").write_text("no database, but long enough to be looked at as one\n" * 30)
    done = quiz()
    assert done.exit_code == 2
    assert "progress.sqlite3" in done.output
    assert "Traceback" not in done.output
