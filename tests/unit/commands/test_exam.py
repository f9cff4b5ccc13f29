"""``assay exam`` as a person meets it, with lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result
from rich.console import Console

import cli
from harness.bank.progress import Progress
from harness.commands.asking.desk import Desk
from harness.commands.asking.exam_room import ExamRoom
from harness.reports.terminal_prose import THEME
from tests.unit.bank.factory import make_bank

BLUEPRINT = "fundamentals:junior=1,fundamentals:mid=2"
HAND_IN = "x\ny\n"


class Script:
    """Input that types what it is told; a number is so many minutes in which nobody types."""

    single = True

    def __init__(self, clock: time_machine.Traveller, *words: str | int) -> None:
        self._clock = clock
        self._words = list(words)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def word(self, wait: float | None = None) -> str | None:
        word = self._words.pop(0)
        if isinstance(word, int):
            self._clock.shift(timedelta(minutes=word))
            return None
        return word


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_bank(tmp_path / "root")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def exam(root: Path, tmp_path: Path, clock: time_machine.Traveller):
    def run(*arguments: str, typed: str = "", columns: int = 80) -> Result:
        return CliRunner().invoke(
            cli.main,
            ["--content", str(root), "exam", *arguments],
            input=typed,
            env={"ASSAY_DATA": str(tmp_path), "COLUMNS": str(columns)},
        )

    return run


@pytest.fixture
def kept(tmp_path: Path):
    return lambda: Progress(tmp_path / "progress.sqlite3").load(1)


def chosen(attempt) -> list[str]:
    """The letters chosen, "-" where there is no answer."""
    return [
        "".join(letter for letter, option in item.options if item.answer and option.id in item.answer.chosen) or "-"
        for item in attempt.items
    ]


def right_letters(attempt) -> list[str]:
    return [next(letter for letter, option in item.options if option.correct) for item in attempt.items]


def test_explanations_come_at_the_end_and_not_before(exam, kept):
    done = exam("--blueprint", BLUEPRINT, "--seed", "s", typed="a\nb\nc\n" + HAND_IN)
    assert done.exit_code == 0
    during, result = done.output.split("Hand in? y, n:")
    assert "It happens" not in during
    assert "right is" not in during
    assert "is wrong" not in during
    assert result.count("It happens because it does.") == 3
    assert result.count("is wrong") == 3 * 5
    assert chosen(kept()) == ["A", "B", "C"]


def test_the_score_is_per_domain_level_and_concept(exam, kept):
    exam("--blueprint", BLUEPRINT, "--seed", "s", typed="q\n")
    first, second, _ = right_letters(kept())
    done = exam("--resume", typed=f"{first}\n{second}\n" + HAND_IN)
    assert "2 of 3 right: 66 %" in done.output
    assert "1 without an answer" in done.output
    assert re.search(r"fundamentals +2/3 +66 %", done.output)
    assert re.search(r"junior +\d/1", done.output)
    assert re.search(r"mid +\d/2", done.output)
    assert "contexts/" in done.output


def test_back_and_forth_change_mark_and_take_back(exam, kept):
    done = exam("--blueprint", BLUEPRINT, typed="a\nb\np\np\nc\nm\n-\n3\nm\nd\no\nq\n")
    assert chosen(kept()) == ["C", "-", "D"]
    assert [item.flagged for item in kept().items] == [False, True, True]
    assert "  2  no answer  marked" in done.output
    assert "  3  D  marked" in done.output


@pytest.mark.parametrize("typed", ["a\nb\nq\n", "a\nb\n"], ids=["q", "input ends"])
def test_an_exam_that_was_left_goes_on_where_it_was_and_so_does_its_clock(exam, kept, clock, typed):
    left = exam("--blueprint", BLUEPRINT, "--minutes", "30", typed=typed)
    assert left.exit_code == 0
    assert "the clock goes on" in left.output
    assert "Hand in" not in left.output
    clock.shift(timedelta(minutes=12))
    resumed = exam("--resume", typed="c\nq\n")
    assert "Question 3 of 3" in resumed.output
    assert "18 min left" in resumed.output
    assert chosen(kept()) == ["A", "B", "C"]


def test_another_exam_waits_until_this_one_is_handed_in(exam):
    exam("--blueprint", BLUEPRINT, typed="q\n")
    done = exam("--blueprint", BLUEPRINT)
    assert done.exit_code == 2
    assert "--resume" in done.output


def test_after_its_time_nothing_is_answered(exam, kept, clock):
    exam("--blueprint", BLUEPRINT, "--minutes", "30", typed="a\nq\n")
    clock.shift(timedelta(minutes=30))
    done = exam("--resume", typed="b\n")
    assert "The time of this exam is up." in done.output
    assert "of 3 right" in done.output
    assert chosen(kept()) == ["A", "-", "-"]
    assert kept().finished == kept().deadline


def sit(progress: Progress, *words: str | int, clock: time_machine.Traveller) -> tuple[bool, str]:
    """Goes on with the open exam. Whether it is over, and what was shown."""
    out = StringIO()
    desk = Desk(Console(file=out, width=80, theme=THEME, force_terminal=True), Script(clock, *words))
    return ExamRoom(progress, progress.open_exam(), desk).sit(), out.getvalue()


def test_time_that_runs_out_ends_the_exam_without_a_key(exam, kept, clock, tmp_path):
    exam("--blueprint", BLUEPRINT, "--minutes", "20", typed="q\n")
    over, shown = sit(Progress(tmp_path / "progress.sqlite3"), "a", 5, 14, 1, clock=clock)
    assert over
    for told in ("20 min left", "15 min left", "60 s left", "Time is up."):
        assert told in shown
    assert chosen(kept()) == ["A", "-", "-"]


def test_time_that_runs_out_while_handing_in_ends_the_exam(exam, clock, tmp_path):
    exam("--blueprint", BLUEPRINT, "--minutes", "20", typed="q\n")
    assert sit(Progress(tmp_path / "progress.sqlite3"), "x", 20, clock=clock)[0]


def test_a_key_after_the_time_is_not_an_answer(exam, kept, clock, tmp_path):
    """A key that was pressed at the last moment arrives a moment too late."""
    exam("--blueprint", BLUEPRINT, "--minutes", "20", typed="q\n")
    progress = Progress(tmp_path / "progress.sqlite3")

    class Late(Script):
        def word(self, wait: float | None = None) -> str | None:
            clock.shift(timedelta(minutes=20))
            return "a"

    desk = Desk(Console(file=StringIO(), width=80, theme=THEME), Late(clock))
    assert ExamRoom(progress, progress.open_exam(), desk).sit()
    assert chosen(kept()) == ["-", "-", "-"]


def test_hand_in_asks_first(exam, kept):
    done = exam("--blueprint", BLUEPRINT, typed="a\nx\nn\nb\nq\n")
    assert "2 without an answer. Hand in?" in done.output
    assert kept().finished is None
    assert chosen(kept()) == ["A", "B", "-"]


def test_exam_items_are_scored_and_not_explained(exam, kept, tmp_path):
    page = tmp_path / "result.html"
    done = exam("--blueprint", "fundamentals:mid=1", "--pool", "exam", "--report", str(page), typed="a\n" + HAND_IN)
    assert kept().items[0].question.pool == "exam"
    assert "of 1 right" in done.output
    for text in (done.output.split("Hand in?")[1], page.read_text(encoding="utf-8")):
        assert "It happens" not in text
        assert kept().items[0].question.stem.split("\n")[0] not in text
        assert "not explained" in text


def test_a_public_exam_draws_practice_items_alone(exam, kept):
    exam("--blueprint", "fundamentals:mid=5", typed="q\n")
    assert {item.question.pool for item in kept().items} == {"practice"}


def test_the_result_is_a_page_when_asked_for(exam, kept, tmp_path):
    page = tmp_path / "result.html"
    exam("--blueprint", BLUEPRINT, "--report", str(page), typed="a\n" + HAND_IN)
    text = page.read_text(encoding="utf-8")
    assert "of 3 right" in text
    assert text.count('class="option ') == 18
    assert text.count(", your answer") == 1
    assert "<script" not in text
    page.unlink()
    assert exam("--last", "--report", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8") == text


def test_a_page_that_cannot_be_written_is_a_message_and_the_result_stays(exam, tmp_path):
    done = exam("--blueprint", BLUEPRINT, "--report", str(tmp_path / "no" / "r.html"), typed=HAND_IN)
    assert done.exit_code == 2
    assert "r.html" in done.output
    assert "of 3 right" in exam("--last").output


def test_the_same_seed_draws_the_same_exam(exam, tmp_path):
    first = exam("--blueprint", BLUEPRINT, "--seed", "s", typed="q\n").output
    (tmp_path / "progress.sqlite3").unlink()
    assert exam("--blueprint", BLUEPRINT, "--seed", "s", typed="q\n").output == first


def test_count_and_minutes_go_with_any_blueprint(exam):
    shown = exam("--blueprint", BLUEPRINT, "--count", "6", "--minutes", "7", typed="q\n").output
    assert "Question 1 of 6" in shown
    assert "7 min left" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "junior (20 questions, 25 minutes)"),
        (["nonsense"], "There is no exam 'nonsense'"),
        (["senior", "--blueprint", BLUEPRINT], "Name an exam, or write one"),
        (["senior"], "orm:senior wants 4, and there are 0"),
        (["--blueprint", "fundamentals=3"], "is no part of a blueprint"),
        (["--resume"], "no exam to go on with"),
        (["--last"], "have not finished an exam"),
        (["mid", "--resume"], "take no other options"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_fit_is_a_message(exam, arguments, message):
    done = exam(*arguments)
    assert done.exit_code == 2
    assert message in done.output


def test_help_lists_the_exams(exam):
    assert "senior (30 questions, 60 minutes)" in " ".join(exam("--help").output.split())


def test_the_keys_are_explained(exam):
    assert "take the answer back" in exam("--blueprint", BLUEPRINT, typed="?\nq\n").output
