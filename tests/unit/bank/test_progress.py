"""What is kept of a person's practice: when clocks run out, two processes write at once, and files are broken."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.bank import database
from harness.bank.attempt import Kind, by_concept, by_domain, by_level, overall
from harness.bank.database import data_file
from harness.bank.draw import option_order
from harness.bank.progress import Plan, Progress
from harness.domain import canonical
from harness.domain.content import Domain, Level, Pool
from harness.domain.errors import ProgressError, UsageError
from tests.unit.bank.practice import make_question

MULTI = make_question(slug="multi", kind="multi", level=Level.SENIOR, concepts=("loading", "joins"))
SINGLE = make_question(slug="single")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "progress.sqlite3"


@pytest.fixture
def progress(file: Path, clock: Clock) -> Progress:
    return Progress(file, clock)


def plan(kind: Kind = Kind.QUIZ, *questions, pool: Pool = Pool.PRACTICE) -> Plan:
    asked = [(question, Domain.ORM, option_order(question, "s")) for question in questions or (SINGLE, MULTI)]
    return Plan(kind, pool, "s", asked, 30 if kind is Kind.EXAM else None, "orm:mid=2" if kind is Kind.EXAM else "")


def test_an_attempt_is_read_back_as_it_was_begun(progress, clock):
    begun = progress.begin(plan(Kind.EXAM))
    assert progress.load(begun.id) == begun
    assert [item.question for item in begun.items] == [SINGLE, MULTI]
    assert begun.items[0].shown == option_order(SINGLE, "s")
    assert begun.deadline == clock.now + timedelta(minutes=30)


def test_an_attempt_shows_the_question_that_was_asked_although_it_was_changed_since(progress, file):
    old = progress.begin(plan(Kind.QUIZ, SINGLE))
    new = progress.begin(plan(Kind.QUIZ, make_question(slug="single", stem="Better?", revision=2)))
    assert progress.load(old.id).items[0].question.stem == "What is single?"
    assert progress.load(new.id).items[0].question.stem == "Better?"
    rows = sqlite3.connect(file)
    assert rows.execute("SELECT question, revision, length(digest) FROM items ORDER BY attempt").fetchall() == [
        ("orm-1/single", 1, 64),
        ("orm-1/single", 2, 64),
    ]
    rows.close()


def test_a_written_question_reads_back():
    assert canonical.read_question(canonical.write(MULTI)) == MULTI


@pytest.mark.parametrize(
    ("chosen", "right"),
    [(["a"], False), (["a", "b"], True), (["b", "a"], True), (["a", "b", "c"], False), (["c"], False)],
)
def test_several_right_answers_are_all_or_nothing(progress, chosen, right):
    attempt = progress.begin(plan(Kind.QUIZ, MULTI))
    assert progress.answer(attempt.id, 0, chosen, 2.5)
    answer = progress.load(attempt.id).items[0].answer
    assert (answer.correct, set(answer.chosen), answer.seconds) == (right, set(chosen), 2.5)


def test_a_quiz_takes_one_answer_to_a_question_and_reviews_its_card(progress):
    attempt = progress.begin(plan())
    assert progress.answer(attempt.id, 0, ["b"])
    assert not progress.answer(attempt.id, 0, ["a"])
    assert progress.cards()[SINGLE.id].missed


def test_an_answer_in_an_exam_is_changed_and_taken_back(progress):
    attempt = progress.begin(plan(Kind.EXAM))
    for chosen, right in ((["b"], False), (["a"], True)):
        assert progress.answer(attempt.id, 0, chosen, 3)
        assert progress.load(attempt.id).items[0].right is right
    assert progress.load(attempt.id).items[0].answer.seconds == 6
    assert progress.answer(attempt.id, 0, [])
    assert progress.load(attempt.id).items[0].answer is None


def test_a_flag_is_kept(progress):
    attempt = progress.begin(plan(Kind.EXAM))
    progress.flag(attempt.id, 1, True)
    assert [item.flagged for item in progress.load(attempt.id).items] == [False, True]


def test_at_its_deadline_an_exam_takes_nothing_more(progress, clock):
    attempt = progress.begin(plan(Kind.EXAM))
    clock.forward(minutes=30, microseconds=-1)
    assert progress.answer(attempt.id, 0, ["a"])
    clock.forward(microseconds=1)
    assert not progress.answer(attempt.id, 0, ["b"])
    assert not progress.answer(attempt.id, 1, ["a", "b"])
    assert [item.right for item in progress.load(attempt.id).items] == [True, False]


def test_an_exam_that_was_left_ends_at_its_deadline(progress, clock):
    attempt = progress.begin(plan(Kind.EXAM))
    clock.forward(days=2)
    assert progress.open_exam() == attempt
    assert progress.finish(attempt.id).finished == attempt.deadline
    assert progress.open_exam() is None


def test_an_exam_that_was_handed_in_takes_nothing_more_and_stays_as_it_is(progress, clock):
    attempt = progress.begin(plan(Kind.EXAM))
    clock.forward(minutes=5)
    ended = progress.finish(attempt.id)
    clock.forward(minutes=5)
    assert not progress.answer(attempt.id, 0, ["a"])
    assert progress.finish(attempt.id) == ended == progress.last_exam()


def test_cards_of_an_exam_are_reviewed_at_its_end(progress):
    attempt = progress.begin(plan(Kind.EXAM))
    progress.answer(attempt.id, 0, ["b"])
    assert progress.cards() == {}
    progress.finish(attempt.id)
    assert {id_: card.missed for id_, card in progress.cards().items()} == {SINGLE.id: True}


def test_exam_items_never_become_cards(progress):
    attempt = progress.begin(plan(Kind.EXAM, make_question(pool=Pool.EXAM), pool=Pool.EXAM))
    progress.answer(attempt.id, 0, ["b"])
    progress.finish(attempt.id)
    assert progress.cards() == {}


def test_one_exam_at_a_time(progress, clock):
    progress.begin(plan(Kind.EXAM))
    clock.forward(days=1)
    with pytest.raises(UsageError, match="--resume"):
        progress.begin(plan(Kind.EXAM))
    progress.begin(plan(Kind.QUIZ))


def test_scores_per_domain_level_and_concept(progress):
    attempt = progress.begin(plan(Kind.EXAM))
    progress.answer(attempt.id, 0, ["a"])
    items = progress.finish(attempt.id).items
    assert (overall(items).right, overall(items).answered, overall(items).percent) == (1, 1, 50)
    assert [(row.name, row.right, row.total) for row in by_domain(items)] == [("orm", 1, 2)]
    assert [(row.name, row.right, row.total) for row in by_level(items)] == [("mid", 1, 1), ("senior", 0, 1)]
    assert [(row.name, row.right, row.total) for row in by_concept(items)] == [
        ("orm-1/joins", 0, 1),
        ("orm-1/loading", 1, 2),
    ]


def test_several_at_once_lose_no_answer(file):
    questions = [make_question(slug=f"q{n}") for n in range(24)]
    attempt = Progress(file).begin(plan(Kind.QUIZ, *questions))

    def answer(place: int) -> bool:
        return Progress(file).answer(attempt.id, place, ["a"])

    with ThreadPoolExecutor(6) as several:
        assert all(several.map(answer, range(len(questions))))
    assert all(item.right for item in Progress(file).load(attempt.id).items)
    assert len(Progress(file).cards()) == len(questions)


def test_several_may_open_a_new_file_at_once(file):
    with ThreadPoolExecutor(6) as several:
        opened = list(several.map(lambda _: Progress(file).cards(), range(12)))
    assert opened == [{}] * 12


def test_an_older_file_is_brought_up_to_date_and_keeps_what_it_holds(file, monkeypatch):
    attempt = Progress(file).begin(plan())
    later = (*database.MIGRATIONS, ("ALTER TABLE attempts ADD COLUMN note TEXT NOT NULL DEFAULT 'none'",))
    monkeypatch.setattr(database, "MIGRATIONS", later)
    assert Progress(file).load(attempt.id) == attempt
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT note FROM attempts").fetchone() == ("none",)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(later),)
    connection.close()


def test_a_migration_that_fails_changes_nothing(file, monkeypatch):
    Progress(file).begin(plan())
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, ("DROP TABLE cards", "nonsense")))
    with pytest.raises(ProgressError):
        Progress(file)
    monkeypatch.undo()
    assert Progress(file).cards() == {}


def test_a_file_of_a_newer_assay_is_left_alone(file, monkeypatch):
    Progress(file)
    monkeypatch.setattr(database, "MIGRATIONS", ())
    with pytest.raises(ProgressError, match="newer assay"):
        Progress(file)


def test_what_is_no_database_is_an_error_that_names_the_file(file):
    file.parent.mkdir()
    file.write_text("These are my notes, and they are longer than the header of a database.\n" * 20)
    with pytest.raises(ProgressError, match=r"progress\.sqlite3.*ASSAY_DATA"):
        Progress(file)
    assert file.read_text().startswith("These are my notes")


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ProgressError, match="ASSAY_DATA"):
        Progress(tmp_path / "file" / "progress.sqlite3")


def test_a_stored_question_that_cannot_be_read_is_an_error(progress, file):
    attempt = progress.begin(plan())
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE contents SET content = '{}'")
    connection.close()
    with pytest.raises(ProgressError, match="can't read"):
        progress.load(attempt.id)


def test_the_file_lies_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSAY_DATA", str(tmp_path))
    assert data_file() == tmp_path / "progress.sqlite3"
    monkeypatch.delenv("ASSAY_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert data_file().name == "progress.sqlite3"
    assert "assay" in data_file().parts


def test_a_new_folder_is_for_its_owner_alone(progress, file):
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
