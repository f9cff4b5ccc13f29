"""What is right, and why: only for who has answered, and for graders. Practice reads keys here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.bank.attempt import is_correct
from harness.bank.draw import shuffled_options
from harness.domain.canonical import read_question
from harness.services.cards import has_card
from harness.services.errors import Refused, Why
from harness.services.reporting import OptionLine
from harness.services.results import key_of
from harness.store.base import db
from harness.store.models import (
    Answer,
    Attempt,
    AttemptItem,
    AttemptKind,
    FrozenItem,
    FrozenSecret,
    ItemKind,
    Role,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from harness.domain.content import Question
    from harness.store.models import User

KNOWING = (Role.GRADER, Role.ADMINISTRATOR)  # they answer questions about items


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with its key: its options in the order in which its reader saw them."""

    question: Question
    options: tuple[OptionLine, ...]
    right: bool


def explained(item: AttemptItem) -> Explained:
    """What is right, and why. Raises Refused until this item of this attempt of practice is answered for good."""
    attempt = item.attempt
    final = attempt.kind is AttemptKind.LEARNING or attempt.finished_at is not None
    if attempt.user_id is None or not final or item.answer is None or not item.answer.chosen:
        raise Refused(Why.FORBIDDEN, "The explanation comes after the answer.")
    return _explain(key_of(item), item.shown, item.answer.chosen)


def _explain(question: Question, shown: Sequence[str], chosen: Collection[str]) -> Explained:
    options = {option.id: option for option in question.options}
    lines = tuple(
        OptionLine(letter, options[name], name in chosen) for letter, name in zip(ascii_uppercase, shown, strict=False)
    )
    return Explained(question, lines, is_correct(question, chosen))


def may_know(user: User, item: FrozenItem) -> bool:
    """Whether nothing about the item can be given away to this person any more."""
    if user.role in KNOWING:
        return True
    return has_card(user.id, item.item) if item.kind is ItemKind.QUESTION else _has_handed_in(user.id, item.item)


def _has_handed_in(user_id: int, item: str) -> bool:
    mine = (
        select(Submission.id)
        .join(AttemptItem, AttemptItem.id == Submission.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(FrozenItem, FrozenItem.digest == AttemptItem.digest)
        .where(Attempt.user_id == user_id, FrozenItem.item == item, Submission.kind != SubmissionKind.PUBLIC_RUN)
    )
    return db.session.scalar(mine.limit(1)) is not None


def solution(user: User, item: FrozenItem) -> tuple[Explained, bool]:
    """A question's key for who may know it, and whether the person answered: with their last answer, if they did.

    Raises Refused.
    """
    if not may_know(user, item):
        raise Refused(Why.FORBIDDEN, "The explanation comes after the answer.")
    last = _last_answered(user.id, item.item)
    if last is not None:
        return explained(last), True
    secret = db.session.get_one(FrozenSecret, item.digest)
    return _explain(read_question(secret.content.decode()), [name for name, _ in options_of(item)], ()), False


def _last_answered(user_id: int, item: str) -> AttemptItem | None:
    final = (Attempt.kind == AttemptKind.LEARNING) | (Attempt.finished_at.is_not(None))
    found = db.session.scalars(
        select(AttemptItem)
        .join(Answer, Answer.item_id == AttemptItem.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(FrozenItem, FrozenItem.digest == AttemptItem.digest)
        .where(Attempt.user_id == user_id, FrozenItem.item == item, final)
        .order_by(Answer.changed_at.desc())
    )
    return next((one for one in found if one.answer and one.answer.chosen), None)


def options_of(item: FrozenItem) -> list[tuple[str, str]]:
    """A question's options by id, as it is shown outside of an attempt: in an order that tells nothing of the key."""
    texts = {option["id"]: option["text"] for option in json.loads(item.content)["options"]}
    return [(name, texts[name]) for name in shuffled_options(item.item, texts, item.digest)]
