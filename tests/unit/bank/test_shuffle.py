"""The order of options in an export."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from harness.bank.shuffle import spread
from harness.domain.content import Level, Option, Pool, Question, Status


def question(number: int, right: int = 1, options: int = 6) -> Question:
    return Question(
        topic="contexts",
        slug=f"q-{number}",
        kind="single" if right == 1 else "multi",
        level=Level.MID,
        pool=Pool.PRACTICE,
        status=Status.PUBLISHED,
        revision=1,
        concepts=(),
        references=(),
        stem="?",
        explanation="!",
        options=tuple(Option(f"o-{n}", f"{n}", "as it is", correct=n < right) for n in range(options)),
        folder=Path(),
    )


def positions(orders: list[tuple[Option, ...]]) -> list[tuple[int, ...]]:
    return [tuple(place for place, option in enumerate(order) if option.correct) for order in orders]


@pytest.mark.parametrize("count", [1, 5, 6, 7, 47, 567])
def test_every_position_is_right_equally_often(count: int) -> None:
    questions = [question(number, right=1 if number % 10 else 3) for number in range(1, count + 1)]
    counts = Counter(place for places in positions(spread(questions)) for place in places)
    numbers = [counts[place] for place in range(6)]
    assert sum(numbers) == sum(len(q.right) for q in questions)
    assert max(numbers) - min(numbers) <= 1


def test_options_are_kept_and_the_same_seed_gives_the_same_order() -> None:
    questions = [question(number) for number in range(60)]
    orders = spread(questions)
    assert all(sorted(order, key=lambda o: o.id) == list(q.options) for order, q in zip(orders, questions, strict=True))
    assert spread(questions) == orders
    assert spread(questions, "another") != orders


def test_a_position_does_not_follow_from_the_neighbours() -> None:
    """Whoever counts along must not know the letter of every sixth question."""
    places = [place for (place,) in positions(spread([question(number) for number in range(600)]))]
    blocks = [places[start : start + 6] for start in range(0, 600, 6)]
    assert sum(len(set(block)) == 6 for block in blocks) < 10
    wrong = {tuple(o.id for o in order if not o.correct) for order in spread([question(n) for n in range(60)])}
    assert len(wrong) > 40


def test_fewer_options_and_none() -> None:
    assert spread([]) == []
    counts = Counter(place for (place,) in positions(spread([question(n, options=4) for n in range(40)])))
    assert counts == {0: 10, 1: 10, 2: 10, 3: 10}
