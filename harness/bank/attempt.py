"""An attempt: the questions of one quiz or exam as they were, what was answered, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from string import ascii_uppercase

from harness.domain.content import Domain, Level, Option, Pool, Question


class Kind(StrEnum):
    QUIZ = "quiz"
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Answer:
    chosen: tuple[str, ...]  # option ids, in the order shown
    correct: bool
    seconds: float  # from being shown to being answered, summed over changes
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One question of an attempt, as it was when the attempt began."""

    place: int  # from 0
    question: Question
    domain: Domain
    shown: tuple[str, ...]  # option ids: the first is shown as A
    flagged: bool = False
    answer: Answer | None = None

    @property
    def options(self) -> list[tuple[str, Option]]:
        """Letter and option, in the order shown."""
        by_id = {option.id: option for option in self.question.options}
        return [(letter, by_id[id_]) for letter, id_ in zip(ascii_uppercase, self.shown, strict=False)]

    @property
    def letters(self) -> str:
        return ascii_uppercase[: len(self.shown)]

    @property
    def right(self) -> bool:
        return self.answer is not None and self.answer.correct


@dataclass(frozen=True, slots=True)
class Attempt:
    id: int
    kind: Kind
    pool: Pool
    seed: str
    blueprint: str  # of an exam; "" for a quiz
    filter: str  # of a quiz, as JSON
    started: datetime
    deadline: datetime | None
    finished: datetime | None
    items: tuple[Item, ...]

    def over(self, now: datetime) -> bool:
        """Whether nothing can be answered any more."""
        return self.finished is not None or (self.deadline is not None and now >= self.deadline)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the questions of one kind were answered, and how many of them correctly."""

    name: str
    right: int
    answered: int
    total: int

    @property
    def percent(self) -> int:
        """Of all that were asked; what was not answered is not right. Rounded down: 100 means all."""
        return 100 * self.right // self.total if self.total else 0


def is_correct(question: Question, chosen: Collection[str]) -> bool:
    """All or nothing: exactly the right options were chosen."""
    return set(chosen) == {option.id for option in question.right}


def tally(items: Iterable[Item], names: Callable[[Item], Iterable[str]]) -> list[Tally]:
    """A tally per name, sorted by it. A question that has several names counts under each of them."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        for name in names(item):
            groups.setdefault(name, []).append(item)
    return [_tally(name, group) for name, group in sorted(groups.items())]


def overall(items: Iterable[Item]) -> Tally:
    """The tally of all questions."""
    return _tally("all", list(items))


def by_domain(items: Iterable[Item]) -> list[Tally]:
    found = {one.name: one for one in tally(items, lambda item: [item.domain])}
    return [found[domain] for domain in Domain if domain in found]


def by_level(items: Iterable[Item]) -> list[Tally]:
    found = {one.name: one for one in tally(items, lambda item: [item.question.level])}
    return [found[level] for level in Level if level in found]


def by_concept(items: Iterable[Item]) -> list[Tally]:
    """Under ``topic/concept``."""
    return tally(items, lambda item: [f"{item.question.topic}/{concept}" for concept in item.question.concepts])


def _tally(name: str, items: list[Item]) -> Tally:
    return Tally(name, sum(item.right for item in items), sum(item.answer is not None for item in items), len(items))
