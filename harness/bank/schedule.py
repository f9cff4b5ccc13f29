"""What comes back, and when: spaced repetition with FSRS (the package ``fsrs``, which implements FSRS-6).

FSRS estimates how long a person will remember. A right answer is rated "good", a wrong one "again". Its learning
steps of minutes are left out, since they are meant for cards of a few seconds: a question comes back after a day or
later. What was missed does not wait for its day: it comes first the next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from harness.bank.draw import D, rank, spread

if TYPE_CHECKING:
    import fsrs


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a person and a question. ``state`` is the JSON of ``fsrs.Card.to_json``."""

    state: str
    due: datetime
    missed: bool  # the last answer was wrong


@cache
def _scheduler() -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def review(card: Card | None, correct: bool, at: datetime) -> Card:
    """The card after an answer. A state that this version of FSRS can't read is begun anew."""
    import fsrs

    at = at.astimezone(UTC)
    fresh = fsrs.Card(card_id=1, due=at)  # the id is the caller's matter; without one, FSRS takes the clock
    try:
        known = fsrs.Card.from_json(card.state) if card else fresh
    except (ValueError, KeyError, TypeError):
        known = fresh
    rating = fsrs.Rating.Good if correct else fsrs.Rating.Again
    reviewed, _ = _scheduler().review_card(known, rating, at)
    return Card(reviewed.to_json(), reviewed.due, not correct)


def queue(questions: Iterable[D], cards: Mapping[str, Card], now: datetime, seed: str) -> list[D]:
    """The questions in the order in which practice takes them.

    First what was missed, then what is due, then what was never asked (as much of one topic as of another), last what
    is not due yet, the soonest first. Within a day the seed decides.
    """

    def key(question: D) -> tuple[int, int, bytes]:
        card = cards[question.id]
        group = 0 if card.missed else 1 if card.due <= now else 3
        return group, card.due.toordinal(), rank(seed, "question", question.id)

    fresh: list[D] = []
    met: list[D] = []
    for question in questions:
        (met if question.id in cards else fresh).append(question)
    met.sort(key=key)
    urgent = [question for question in met if key(question)[0] < 2]
    return [*urgent, *spread(fresh, seed), *met[len(urgent) :]]
