"""Drawing and shuffling. Pure: the same seed and the same questions give the same draw, on every machine.

Nothing is taken from a stream of random numbers. Each thing has a rank, a hash of the seed and of its own name, and
is sorted by it: so a question's options stand in the same order however many other questions there are.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from harness.bank.blueprint import Blueprint
    from harness.domain.content import Domain, Level, Question

T = TypeVar("T")


class Drawable(Protocol):
    """What can be drawn: a question, or a row of a catalogue that stands for one."""

    @property
    def id(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def level(self) -> Level: ...


D = TypeVar("D", bound=Drawable)


def new_seed() -> str:
    """A seed that nobody can foresee, short enough to be typed again."""
    return secrets.token_hex(4)


def rank(seed: str, *names: str) -> bytes:
    """Where what has these names stands among its like. Names go in with their lengths, so that no two are alike."""
    digest = hashlib.sha256()
    for name in (seed, *names):
        data = name.encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()


def option_order(question: Question, seed: str) -> tuple[str, ...]:
    """The ids of the question's options in the order in which this attempt shows them."""
    return shuffled_options(question.id, (option.id for option in question.options), seed)


def shuffled_options(question: str, options: Iterable[str], seed: str) -> tuple[str, ...]:
    """The same for who knows the question by its id, and the ids of its options."""
    return tuple(sorted(options, key=lambda option: rank(seed, "option", question, option)))


def shuffled(questions: Iterable[T], seed: str, name: Callable[[T], str] = attrgetter("id")) -> list[T]:
    """The questions in the order of this seed; ``name`` says a question's id."""
    return sorted(questions, key=lambda question: rank(seed, "question", name(question)))


def spread(questions: Iterable[D], seed: str) -> list[D]:
    """The questions shuffled, so that any beginning of the list holds as many of one topic as of another."""
    taken: Counter[str] = Counter()
    rounds: list[tuple[int, D]] = []
    for question in shuffled(questions, seed):
        rounds.append((taken[question.topic], question))
        taken[question.topic] += 1
    return [question for _, question in sorted(rounds, key=lambda pair: pair[0])]


def draw(blueprint: Blueprint, questions: Iterable[D], domains: Mapping[str, Domain], seed: str) -> list[D]:
    """The questions of one exam, in the order in which they are shown; none comes twice.

    ``domains`` says the domain of each topic. Raises UsageError, which names each domain and level that has too few.
    """
    questions = list(questions)
    drawn: list[D] = []
    missing: list[str] = []
    for (domain, level), wanted in blueprint.cells.items():
        fitting = [q for q in questions if q.level is level and domains[q.topic] is domain]
        drawn += spread(fitting, seed)[:wanted]
        if len(fitting) < wanted:
            missing.append(f"  {domain}:{level} wants {wanted}, and there are {len(fitting)}")
    if missing:
        raise UsageError(
            "There are too few questions for this exam:\n" + "\n".join(missing) + "\n"
            "Ask for fewer with --count, or say with --blueprint which; `assay bank stats` shows what there is."
        )
    return shuffled(drawn, seed)
