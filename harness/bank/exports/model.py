"""What is exported: questions with the order of their options, and what is known of their topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from string import ascii_uppercase
from typing import TYPE_CHECKING

from harness.bank.selection import Filter, eligible
from harness.bank.shuffle import spread
from harness.content.public import QuestionKind
from harness.domain.content import Domain, Option, Pool, Question, Topic
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from harness.content.library import Library

DOMAINS = {
    Domain.FUNDAMENTALS: "Fundamentals & Routing",
    Domain.ORM: "ORM & Databases",
    Domain.APIS: "RESTful APIs",
    Domain.SECURITY: "Security",
    Domain.DEVOPS: "DevOps & Performance",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A question as an export shows it: ``options`` are in the order of the export."""

    question: Question
    topic: Topic
    options: tuple[Option, ...]

    @property
    def domain(self) -> str:
        """The domain's title."""
        return DOMAINS[self.topic.domain]

    @property
    def multi(self) -> bool:
        """Whether several options may be chosen."""
        return self.question.kind == QuestionKind.MULTI

    @property
    def numbers(self) -> tuple[int, ...]:
        """The positions of the right options, from 1."""
        return tuple(number for number, option in enumerate(self.options, start=1) if option.correct)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the right options."""
        return tuple(ascii_uppercase[number - 1] for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Export:
    """Everything a renderer needs. ``made`` is when, with a zone: a renderer looks at no clock."""

    title: str
    pool: Pool
    made: datetime
    items: tuple[Item, ...]

    def topics(self) -> Iterator[tuple[Topic, tuple[Item, ...]]]:
        """The items by topic, which stand together."""
        for topic, items in groupby(self.items, key=lambda item: item.topic):
            yield topic, tuple(items)


def collect(library: Library, pool: Pool, only: Filter, made: datetime) -> Export:
    """The published questions of ``pool`` that ``only`` admits, by topic. Raises UsageError if there are none."""
    questions = eligible(library, pool, only)
    if not questions:
        raise UsageError(f"There is no published question of the pool {pool.value!r} that fits. Ask for less.")
    return arrange(questions, library.topics.values(), pool, made)


def arrange(questions: Sequence[Question], topics: Iterable[Topic], pool: Pool, made: datetime) -> Export:
    """An export of ``questions`` in the order of ``topics``, with the right letters spread evenly."""
    by_slug = {topic.slug: topic for topic in topics}
    places = {slug: place for place, slug in enumerate(by_slug)}
    ordered = sorted(questions, key=lambda question: (places[question.topic], question.slug))
    items = tuple(
        Item(question, by_slug[question.topic], options)
        for question, options in zip(ordered, spread(ordered), strict=True)
    )
    title = "Flask questions for exams" if pool is Pool.EXAM else "Flask practice questions"
    return Export(title, pool, made, items)
