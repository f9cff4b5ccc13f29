"""The order of options in an export: no letter is right more often than another, however often it is looked at.

An attempt shuffles each question on its own (``harness.bank.draw``). A file that people share is shuffled once, for
all its questions together: chance alone would make some letters right visibly more often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.domain.content import Option, Question

SEED = "export"


def spread(questions: Sequence[Question], seed: str = SEED) -> list[tuple[Option, ...]]:
    """The options of each question, in order of ``questions``, so that every position is right equally often.

    The numbers differ by one at most where all the questions have as many options. The same questions and seed give
    the same order. Which position a question gets does not follow from its neighbours: they are dealt in another order.
    """
    random = Random(seed)  # noqa: S311  # decides no secret
    used = [0] * max((len(question.options) for question in questions), default=0)
    dealt = list(range(len(questions)))
    random.shuffle(dealt)
    orders: dict[int, tuple[Option, ...]] = {}
    for number in dealt:
        orders[number] = _order(questions[number], used, random)
    return [orders[number] for number in range(len(questions))]


def _order(question: Question, used: list[int], random: Random) -> tuple[Option, ...]:
    """The options of one question, the right ones at the positions used least; ``used`` is counted up."""
    positions = sorted(range(len(question.options)), key=lambda position: (used[position], random.random()))
    taken = positions[: len(question.right)]
    for position in taken:
        used[position] += 1
    right = _shuffled(question.right, random)
    wrong = _shuffled([option for option in question.options if not option.correct], random)
    return tuple(next(right if position in taken else wrong) for position in range(len(question.options)))


def _shuffled(options: Sequence[Option], random: Random) -> Iterator[Option]:
    return iter(random.sample(list(options), len(options)))
