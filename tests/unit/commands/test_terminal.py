"""``assay quiz`` and ``assay exam`` on a pseudo-terminal: single keys, Ctrl-C, and a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.bank.progress import Progress
from tests.unit.bank.factory import COUNT, make_bank, question_path, question_text
from tests.unit.commands.sitting import Sitting
from tests.unit.content.factory import write

QUIZ = ("quiz", "--count", "3", "--seed", "s")
EXAM = ("exam", "--blueprint", "fundamentals:junior=1,fundamentals:mid=2", "--seed", "s")
RIGHT_ARROW, LEFT_ARROW = "\x1b[C", "\x1b[D"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_bank(tmp_path / "root")


@pytest.fixture
def kept(tmp_path: Path):
    return lambda: Progress(tmp_path / "progress.sqlite3").load(1)


def answered(attempt) -> list[bool]:
    return [item.answer is not None for item in attempt.items]


def test_one_key_answers(root, tmp_path, kept):
    with Sitting(root, tmp_path, *QUIZ) as sitting:
        sitting.until("A-F, s skip, q leave: ")
        sitting.type("b")
        sitting.until("m more")
        sitting.type("m")
        sitting.until("Enter goes on, q leave: ")
        sitting.type("\r")
        sitting.until("Question 2 of 3")
        sitting.until("q leave: ")
        sitting.type("q")
        assert sitting.end() == 0
        assert "of 1 right" in sitting.screen
    assert answered(kept()) == [True, False, False]


def test_several_letters_and_enter(root, tmp_path, kept):
    for number in range(COUNT):
        text = (
            question_text(number).replace('"single"', '"multi"').replace('misconception = "belief-a"', "correct = true")
        )
        write(root, question_path(number), text)
    with Sitting(root, tmp_path, *QUIZ) as sitting:
        sitting.until("A-F + Enter, s skip, q leave: ")
        sitting.type("\rcab")  # Enter alone chooses nothing
        sitting.until("A B C")
        sitting.type("a\r")  # the same letter once more takes it back
        sitting.until("You chose B and C")
        sitting.type("q")
        sitting.end()
    item = kept().items[0]
    assert item.answer.chosen == item.shown[1:3]


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize(("command", "says"), [(QUIZ, "of 1 right"), (EXAM, "--resume")], ids=["quiz", "exam"])
def test_leaving_by_a_key_keeps_what_was_answered(root, tmp_path, kept, key, command, says):
    with Sitting(root, tmp_path, *command) as sitting:
        sitting.until(": ")
        sitting.type("b")
        sitting.until("✓" if command is QUIZ else "(x) B")
        sitting.type(key)
        assert sitting.end() == 0
        assert says in sitting.screen
        assert "Traceback" not in sitting.screen
    assert answered(kept()) == [True, False, False]


@pytest.mark.parametrize(
    ("command", "seen", "go_on"), [(QUIZ, "m more", "\r"), (EXAM, "(x) B", "\r")], ids=["quiz", "exam"]
)
def test_a_kill_loses_no_answer(root, tmp_path, kept, command, seen, go_on):
    with Sitting(root, tmp_path, *command) as sitting:
        sitting.until("q leave: " if command is QUIZ else "keys: ")
        sitting.type("b")
        sitting.until(seen)
        sitting.type(go_on)
        sitting.until("Question 2 of 3")
        sitting.type("b")
        sitting.until(seen)
        sitting.kill()
    assert answered(kept()) == [True, True, False]


def test_an_exam_is_walked_through_with_keys(root, tmp_path, kept):
    with Sitting(root, tmp_path, *EXAM) as sitting:
        sitting.until("keys: ")
        sitting.type("b")
        sitting.until("(x) B")
        sitting.type("c")
        sitting.until("(x) C")
        sitting.type(RIGHT_ARROW)
        sitting.until("Question 2 of 3")
        sitting.type("m")
        sitting.until("marked")
        sitting.type(LEFT_ARROW)
        sitting.until("Question 1 of 3")
        sitting.type("o")
        sitting.until("2  no answer  marked")
        sitting.type("3\r")
        sitting.until("go to 3")
        sitting.until("Question 3 of 3")
        sitting.type("xy")
        sitting.until("2 without an answer. Hand in?")
        sitting.until("Enter explains all")
        sitting.type("w")
        sitting.until("is wrong")
        sitting.type("q")
        assert sitting.end() == 0
    attempt = kept()
    assert attempt.items[0].answer.chosen == attempt.items[0].shown[2:3]
    assert attempt.finished


@pytest.mark.parametrize("columns", [80, 40])
def test_prompts_stay_within_a_line(root, tmp_path, columns):
    with Sitting(root, tmp_path, *EXAM, columns=columns) as sitting:
        sitting.until("keys: ")
        assert max(map(len, sitting.screen.replace("\r", "\n").splitlines())) <= columns


def test_no_color_is_obeyed(root, tmp_path):
    with Sitting(root, tmp_path, *QUIZ) as coloured, Sitting(root, tmp_path, *QUIZ, NO_COLOR="1") as plain:
        coloured.until("q leave: ")
        plain.until("q leave: ")
        assert ";36m" in coloured.raw
        assert "36m" not in plain.raw


def test_the_terminal_is_left_as_it_was(root, tmp_path):
    with Sitting(root, tmp_path, *QUIZ) as sitting:
        before = sitting.mode()
        sitting.until("q leave: ")
        assert sitting.mode() != before
        sitting.type("q")
        sitting.until("Nothing was answered.")
        sitting.process.wait(60)
        assert sitting.mode() == before
