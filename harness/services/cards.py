"""What spaced repetition knows of a person: who has a card for a question has answered it, and seen it explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.bank import schedule
from harness.bank.attempt import is_correct
from harness.bank.schedule import Card
from harness.services.results import key_of
from harness.store.base import db
from harness.store.models import Attempt, AttemptKind, Part, StoredCard

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from harness.store.models import AttemptItem


def cards_of(user_id: int) -> dict[str, Card]:
    """The person's cards, by question."""
    rows = db.session.scalars(select(StoredCard).where(StoredCard.user_id == user_id))
    return {row.item: Card(row.state, row.due, row.missed) for row in rows}


def has_card(user_id: int, item: str) -> bool:
    """Whether the person has answered this question, and seen what is right."""
    return db.session.get(StoredCard, (user_id, item)) is not None


def review(session: Session, user_id: int, item: AttemptItem, at: datetime) -> None:
    """Turns the card of an answered question, within the deed that makes the answer final."""
    chosen = item.answer.chosen if item.answer else []
    stored = session.get(StoredCard, (user_id, item.frozen.item))
    known = Card(stored.state, stored.due, stored.missed) if stored else None
    card = schedule.review(known, is_correct(key_of(item), chosen), at)
    if stored is None:
        stored = StoredCard(user_id=user_id, item=item.frozen.item)
        session.add(stored)
    stored.state, stored.due, stored.missed = card.state, card.due, card.missed


def review_exam(session: Session, attempt: Attempt, at: datetime) -> None:
    """Turns the cards of a practised exam at its end; for every other attempt it does nothing."""
    if attempt.kind is not AttemptKind.EXAM or attempt.user_id is None:
        return
    for item in attempt.items:
        if item.part is Part.QUESTIONS and item.answer and item.answer.chosen:
            review(session, attempt.user_id, item, at)
