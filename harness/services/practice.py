"""Practice of an account: learning question by question, exams against the clock, tasks without one.

Only the practice pool is drawn from, and everything may be taken again. A key names the click that begins an attempt,
so that the same click twice is one attempt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from harness.bank import schedule
from harness.bank.blueprint import NAMED
from harness.domain.errors import UsageError
from harness.services import attempts, cards, clocks, drawing
from harness.services.attempts import keep_event, shown_options
from harness.services.errors import Refused, Why
from harness.services.shelf import POOLS, bookmarked
from harness.store.base import db, writing
from harness.store.columns import new_ref, now
from harness.store.models import (
    Answer,
    Attempt,
    AttemptItem,
    AttemptKind,
    EventKind,
    FrozenItem,
    ItemKind,
    Part,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harness.domain.content import Level
    from harness.services.drawing import Offer

MOST_LEARNED = 50  # questions of one learning attempt
MOST_EXAMINED = 100  # questions of one exam
MOST_MINUTES = 240
LONGEST_KEY = 64  # of what names a click
_WHOLE = (  # an attempt as lists show it
    selectinload(Attempt.parts),
    selectinload(Attempt.items).options(
        selectinload(AttemptItem.answer), joinedload(AttemptItem.frozen).joinedload(FrozenItem.topic)
    ),
)


class Source(StrEnum):
    """Which questions learning takes."""

    ANY = "any"  # what was missed, what is due, what is new, in this order
    MISSED = "missed"
    DUE = "due"
    NEW = "new"
    BOOKMARKS = "bookmarks"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to learn; an empty field admits everything. ``concepts`` and ``items`` are topic/slug."""

    source: Source = Source.ANY
    topics: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    concepts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    count: int = 10

    def admits(self, offer: Offer) -> bool:
        return (
            (not self.topics or offer.topic in self.topics)
            and (not self.levels or offer.level in self.levels)
            and (not self.items or offer.id in self.items)
            and (not self.concepts or any(f"{offer.topic}/{name}" in self.concepts for name in offer.concepts))
        )

    def settings(self) -> dict[str, object]:
        """What is kept of it: the fields that say something."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def fitting(user_id: int, wish: Wish, seed: str = "") -> list[Offer]:
    """The questions that a wish admits, in the order in which learning takes them."""
    known = cards.cards_of(user_id)
    moment = now()
    marked = bookmarked(user_id) if wish.source is Source.BOOKMARKS else frozenset()
    belongs: dict[Source, Callable[[str], bool]] = {
        Source.ANY: lambda item: True,
        Source.MISSED: lambda item: item in known and known[item].missed,
        Source.DUE: lambda item: item in known and known[item].due <= moment,
        Source.NEW: lambda item: item not in known,
        Source.BOOKMARKS: lambda item: item in marked,
    }
    offers = [one for one in drawing.offers(POOLS) if wish.admits(one) and belongs[wish.source](one.id)]
    return schedule.queue(offers, known, moment, seed)


def begin_learning(user_id: int, wish: Wish, key: str) -> Attempt:
    """A learning attempt: so many of the fitting questions. Raises Refused where none fits."""
    if not 1 <= wish.count <= MOST_LEARNED:
        raise Refused(Why.INVALID, f"Learn 1 to {MOST_LEARNED} questions at a time.")

    def deal(session: Session, attempt: Attempt) -> None:
        chosen = fitting(user_id, wish, attempt.seed)[: wish.count]
        if not chosen:
            raise Refused(Why.NOT_NOW, "There is no question that fits this choice. Choose more widely.")
        attempt.settings = wish.settings()
        _deal_questions(session, attempt, chosen)

    return _begin(user_id, AttemptKind.LEARNING, key, deal)


def begin_exam(user_id: int, level: str, count: int | None, minutes: int | None, key: str) -> Attempt:
    """An exam whose clock runs from now on, or the one that runs already. Raises Refused.

    ``level`` names a blueprint of the bank; ``count`` and ``minutes`` change its size and its time.
    """
    blueprint = NAMED.get(level)
    if blueprint is None:
        raise Refused(Why.INVALID, "There is no such exam.")
    if count is not None:
        if not 1 <= count <= MOST_EXAMINED:
            raise Refused(Why.INVALID, f"An exam has 1 to {MOST_EXAMINED} questions.")
        blueprint = blueprint.scaled(count)
    minutes = blueprint.minutes if minutes is None else minutes
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(Why.INVALID, f"An exam takes 1 to {MOST_MINUTES} minutes.")

    def deal(session: Session, attempt: Attempt) -> None:
        try:
            drawn = drawing.draw(blueprint, attempt.seed, POOLS)
        except UsageError as error:
            raise Refused(Why.NOT_NOW, "There are too few questions for such an exam. Ask for fewer.") from error
        attempt.settings = {"exam": level, "minutes": minutes}
        _deal_questions(session, attempt, drawn)
        clocks.start(attempt, Part.QUESTIONS, minutes)
        keep_event(session, attempt, EventKind.STARTED, part=Part.QUESTIONS.value)

    return _begin(user_id, AttemptKind.EXAM, key, deal, instead=lambda: running_exam(user_id))


def begin_task(user_id: int, item: str, key: str, *, anew: bool = False) -> Attempt:
    """An attempt at a task, without a clock: the last one that goes on, or a new one. Raises Refused."""

    def deal(session: Session, attempt: Attempt) -> None:
        frozen = session.scalar(
            select(FrozenItem).where(
                FrozenItem.item == item,
                FrozenItem.kind == ItemKind.TASK,
                FrozenItem.current,
                FrozenItem.pool.in_(POOLS),
            )
        )
        if frozen is None:
            raise Refused(Why.UNKNOWN, "There is no such task to practise on.")
        attempt.items.append(AttemptItem(position=0, part=Part.TASKS, digest=frozen.digest))
        clocks.start(attempt, Part.TASKS, None)
        keep_event(session, attempt, EventKind.STARTED, part=Part.TASKS.value)

    return _begin(user_id, AttemptKind.TASK, key, deal, instead=lambda: None if anew else open_task(user_id, item))


def _begin(
    user_id: int,
    kind: AttemptKind,
    key: str,
    deal: Callable[[Session, Attempt], None],
    instead: Callable[[], Attempt | None] = lambda: None,
) -> Attempt:
    """The attempt that this click made before, or the one that goes on ``instead``, or a new one."""
    key = key[:LONGEST_KEY] or new_ref()
    with writing() as session:
        made = session.scalar(select(Attempt).where(Attempt.user_id == user_id, Attempt.key == key)) or instead()
        if made is None:
            made = Attempt(kind=kind, user_id=user_id, key=key, seed=new_ref())
            session.add(made)
            session.flush()
            deal(session, made)
            session.flush()
    return made


def _deal_questions(session: Session, attempt: Attempt, chosen: Sequence[Offer]) -> None:
    rows = session.scalars(select(FrozenItem).where(FrozenItem.digest.in_([one.digest for one in chosen])))
    by_digest = {row.digest: row for row in rows}
    for position, one in enumerate(chosen):
        shown = shown_options(attempt.seed, one.id, by_digest[one.digest].content)
        attempt.items.append(AttemptItem(position=position, part=Part.QUESTIONS, digest=one.digest, shown=shown))


def answer(item_id: int, chosen: Collection[str]) -> Answer:
    """Keeps the answer to a question that is learned, for good: a second one changes nothing. Raises Refused."""
    with writing() as session:
        item = session.get_one(AttemptItem, item_id)
        attempt = item.attempt
        if attempt.kind is not AttemptKind.LEARNING or attempt.user_id is None:
            raise Refused(Why.UNKNOWN, "There is no such question.")
        if item.answer is not None:
            return item.answer
        marked = _marked(item, chosen)
        item.answer = Answer(chosen=marked, version=1, changed_at=now())
        session.flush()
        cards.review(session, attempt.user_id, item, item.answer.changed_at)
        if all(one.answer is not None for one in attempt.items):
            attempt.finished_at = now()
        return item.answer


def _marked(item: AttemptItem, chosen: Collection[str]) -> list[str]:
    marked = [option for option in item.shown if option in set(chosen)]
    if not marked:
        raise Refused(Why.INVALID, "Mark an answer first.")
    if len(marked) != len(set(chosen)):
        raise Refused(Why.INVALID, "The question has no such option.")
    if len(marked) > 1 and json.loads(item.frozen.content)["kind"] == "single":
        raise Refused(Why.INVALID, "This question takes one option.")
    return marked


def end_learning(attempt_id: int) -> bool:
    """Ends a learning attempt early: it was about the questions that were answered. False where it was about none."""
    with writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        answered = [item for item in attempt.items if item.answer is not None]
        if not answered:
            session.delete(attempt)
        elif attempt.finished_at is None:
            attempt.items, attempt.finished_at = answered, now()
    return bool(answered)


def end_overdue(user_id: int) -> None:
    """Ends the person's exam whose time is up, where nobody has looked after that yet."""
    clock_of = (clocks.clock(one, Part.QUESTIONS) for one in unfinished(user_id, AttemptKind.EXAM))
    if any(clock is not None and clocks.over(clock) for clock in clock_of):
        attempts.end_overdue()


def unfinished(user_id: int, kind: AttemptKind, most: int = 5) -> Sequence[Attempt]:
    """What the person can go on with, the newest first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.kind == kind, Attempt.finished_at.is_(None))
        .order_by(Attempt.id.desc())
        .limit(most)
        .options(*_WHOLE)
    ).all()


def finished(user_id: int, kind: AttemptKind, most: int) -> Sequence[Attempt]:
    """What the person has ended, the newest first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.kind == kind, Attempt.finished_at.is_not(None))
        .order_by(Attempt.id.desc())
        .limit(most)
        .options(*_WHOLE)
    ).all()


def running_exam(user_id: int) -> Attempt | None:
    """The exam whose clock runs."""
    for attempt in unfinished(user_id, AttemptKind.EXAM):
        clock = clocks.clock(attempt, Part.QUESTIONS)
        if clock is not None and not clocks.over(clock):
            return attempt
    return None


def open_task(user_id: int, item: str) -> Attempt | None:
    """The person's last attempt at a task, if it goes on."""
    return db.session.scalar(
        select(Attempt)
        .join(Attempt.items)
        .join(AttemptItem.frozen)
        .where(Attempt.user_id == user_id, Attempt.kind == AttemptKind.TASK, FrozenItem.item == item)
        .where(Attempt.finished_at.is_(None))
        .order_by(Attempt.id.desc())
        .limit(1)
    )
