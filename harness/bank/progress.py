"""A person's progress: attempts, answers and cards, each kept the moment it comes to be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harness.bank import schedule
from harness.bank.attempt import Answer, Attempt, Item, Kind, is_correct
from harness.bank.database import Database
from harness.bank.schedule import Card
from harness.domain import canonical
from harness.domain.content import Domain, Pool, Question
from harness.domain.errors import ProgressError, UsageError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an attempt is to be: its questions in order, each with its domain and its options in the order shown."""

    kind: Kind
    pool: Pool
    seed: str
    questions: Sequence[tuple[Question, Domain, tuple[str, ...]]]
    minutes: int | None = None  # of an exam
    blueprint: str = ""
    filter: str = ""


class Progress:
    """The file at ``path``. Every method is one transaction; what it returned from is on the disk.

    ``clock`` gives the time, with a zone. All methods raise ProgressError when the file can't be used.
    """

    def __init__(self, path: Path, clock: Clock = utc_now) -> None:
        self._database = Database(path)
        self.clock = clock

    def begin(self, plan: Plan) -> Attempt:
        """A new attempt; the clock of an exam runs from now on. Raises UsageError while another exam is open."""
        now = self.clock()
        deadline = now + timedelta(minutes=plan.minutes) if plan.minutes else None
        with self._database.writing() as connection:
            if plan.kind is Kind.EXAM and _open_exam(connection) is not None:
                raise UsageError(
                    "You have an exam that is not handed in. `assay exam --resume` goes on with it, "
                    "or shows its result if its time is up."
                )
            added = connection.execute(
                "INSERT INTO attempts (kind, pool, seed, blueprint, filter, started, deadline) VALUES (?,?,?,?,?,?,?)",
                (plan.kind, plan.pool, plan.seed, plan.blueprint, plan.filter, _text(now), _text(deadline)),
            ).lastrowid
            for place, (question, domain, shown) in enumerate(plan.questions):
                content = canonical.write(question)
                version = canonical.digest(content)
                connection.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (version, content))
                connection.execute(
                    "INSERT INTO items (attempt, place, question, revision, digest, domain, shown)"
                    " VALUES (?,?,?,?,?,?,?)",
                    (added, place, question.id, question.revision, version, domain, json.dumps(shown)),
                )
            return self._load(connection, added or 0)

    def answer(self, attempt: int, place: int, chosen: Collection[str], seconds: float = 0.0) -> bool:
        """Keeps an answer; in an exam it replaces the one before, and choosing nothing takes it back.

        False when it came too late: the attempt is over, or a quiz has an answer in this place already. A practice
        question's card is reviewed with it, in a quiz at once, in an exam at its end.
        """
        now = self.clock()
        with self._database.writing() as connection:
            known = self._load(connection, attempt)
            item = known.items[place]
            if known.over(now) or (known.kind is Kind.QUIZ and item.answer):
                return False
            if not chosen:
                connection.execute("DELETE FROM answers WHERE attempt = ? AND place = ?", (attempt, place))
                return True
            ordered = [option for option in item.shown if option in chosen]
            correct = is_correct(item.question, ordered)
            spent = seconds + (item.answer.seconds if item.answer else 0.0)
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?,?,?,?,?,?)",
                (attempt, place, json.dumps(ordered), correct, spent, _text(now)),
            )
            if known.kind is Kind.QUIZ:
                _review(connection, item.question, correct, now)
        return True

    def flag(self, attempt: int, place: int, flagged: bool) -> None:
        """Marks a question of an exam, to be looked at again."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE items SET flagged = ? WHERE attempt = ? AND place = ?", (flagged, attempt, place)
            )

    def finish(self, attempt: int) -> Attempt:
        """Ends the attempt, now or at its deadline, whichever was first; once ended, it stays as it is."""
        now = self.clock()
        with self._database.writing() as connection:
            known = self._load(connection, attempt)
            if known.finished is None:
                end = min(now, known.deadline) if known.deadline else now
                connection.execute("UPDATE attempts SET finished = ? WHERE id = ?", (_text(end), attempt))
                if known.kind is Kind.EXAM:
                    for item in known.items:
                        if item.answer:
                            _review(connection, item.question, item.answer.correct, end)
            return self._load(connection, attempt)

    def load(self, attempt: int) -> Attempt:
        """The attempt of this id, its questions as they were."""
        with self._database.reading() as connection:
            return self._load(connection, attempt)

    def open_exam(self) -> Attempt | None:
        """The exam that was begun and not handed in, whether or not its time is up."""
        with self._database.reading() as connection:
            found = _open_exam(connection)
            return None if found is None else self._load(connection, found)

    def last_exam(self) -> Attempt | None:
        """The exam that ended last."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id FROM attempts WHERE kind = 'exam' AND finished IS NOT NULL ORDER BY finished DESC, id DESC"
            ).fetchone()
            return self._load(connection, row["id"]) if row else None

    def cards(self) -> dict[str, Card]:
        """The card of every question that was answered, by the question's id."""
        with self._database.reading() as connection:
            return {row["question"]: _card(row) for row in connection.execute("SELECT * FROM cards")}

    def _load(self, connection: sqlite3.Connection, attempt: int) -> Attempt:
        row = connection.execute("SELECT * FROM attempts WHERE id = ?", (attempt,)).fetchone()
        rows = connection.execute(
            "SELECT * FROM items JOIN contents USING (digest) LEFT JOIN answers USING (attempt, place)"
            " WHERE attempt = ? ORDER BY place",
            (attempt,),
        ).fetchall()
        try:
            return Attempt(
                id=row["id"],
                kind=Kind(row["kind"]),
                pool=Pool(row["pool"]),
                seed=row["seed"],
                blueprint=row["blueprint"],
                filter=row["filter"],
                started=datetime.fromisoformat(row["started"]),
                deadline=_time(row["deadline"]),
                finished=_time(row["finished"]),
                items=tuple(_item(each) for each in rows),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ProgressError(
                f"{self._database.path} holds what assay can't read, in attempt {attempt} ({error}). "
                f"Move the file away to begin anew."
            ) from error


def _open_exam(connection: sqlite3.Connection) -> int | None:
    row = connection.execute("SELECT id FROM attempts WHERE kind = 'exam' AND finished IS NULL ORDER BY id").fetchone()
    return row["id"] if row else None


def _review(connection: sqlite3.Connection, question: Question, correct: bool, at: datetime) -> None:
    if question.pool is not Pool.PRACTICE:
        return
    row = connection.execute("SELECT * FROM cards WHERE question = ?", (question.id,)).fetchone()
    card = schedule.review(_card(row) if row else None, correct, at)
    connection.execute(
        "INSERT OR REPLACE INTO cards VALUES (?,?,?,?)", (question.id, card.state, _text(card.due), card.missed)
    )


def _card(row: sqlite3.Row) -> Card:
    return Card(row["state"], datetime.fromisoformat(row["due"]), bool(row["missed"]))


def _item(row: sqlite3.Row) -> Item:
    answer = None
    if row["at"]:
        chosen = tuple(json.loads(row["chosen"]))
        answer = Answer(chosen, bool(row["correct"]), row["seconds"], datetime.fromisoformat(row["at"]))
    return Item(
        place=row["place"],
        question=canonical.read_question(row["content"]),
        domain=Domain(row["domain"]),
        shown=tuple(json.loads(row["shown"])),
        flagged=bool(row["flagged"]),
        answer=answer,
    )


def _text(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
