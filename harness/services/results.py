"""What an attempt comes to: questions by the frozen key, tasks by the submission that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from harness.bank.attempt import is_correct
from harness.domain.canonical import read_question
from harness.domain.records import from_json
from harness.domain.scores import result_score
from harness.domain.verdicts import Outcome
from harness.services import overrides
from harness.store.base import db
from harness.store.models import (
    UNFINISHED,
    AttemptItem,
    Counts,
    FrozenItem,
    FrozenSecret,
    Job,
    JobKind,
    Part,
    Result,
    SubmissionKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from harness.domain.content import Question
    from harness.store.models import Attempt, Override


FULL = 100.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One item's outcome. ``share`` is from 0 to 1; None where it is not known yet, or the fault was ours.

    A question's has its ``key`` and what was decided against it; a task's the ``result`` that counts.
    """

    item: AttemptItem
    share: float | None
    answered: bool
    key: Question | None = None
    override: Override | None = None
    result: Result | None = None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An attempt's marks, and what they come to by part, in percent; None while a mark is not known."""

    marks: tuple[Mark, ...]
    know: float | None
    do: float | None


def key_of(item: AttemptItem) -> Question:
    """The question as it was published, with its key."""
    return key_of_frozen(item.digest)


def key_of_frozen(digest: str) -> Question:
    """The same, for who knows the frozen item."""
    return read_question(db.session.get_one(FrozenSecret, digest).content.decode())


def standing(attempt: Attempt) -> Standing:
    """What the attempt comes to now."""
    items = _items_of(attempt)
    questions = [item for item in items if item.part is Part.QUESTIONS]
    keys, words = _keys_of(questions), overrides.of_items([item.id for item in questions])
    marks = tuple(
        _question(item, keys[item.digest], words.get(item.id)) if item.part is Part.QUESTIONS else _task(item)
        for item in items
    )
    return Standing(
        marks,
        percent(mark for mark in marks if mark.item.part is Part.QUESTIONS),
        percent(mark for mark in marks if mark.item.part is Part.TASKS),
    )


def _items_of(attempt: Attempt) -> Sequence[AttemptItem]:
    """Its items, with all that is about to be looked at, in a few queries whatever their number."""
    return db.session.scalars(
        select(AttemptItem)
        .where(AttemptItem.attempt_id == attempt.id)
        .order_by(AttemptItem.position)
        .options(
            joinedload(AttemptItem.frozen).joinedload(FrozenItem.topic),
            selectinload(AttemptItem.answer),
            selectinload(AttemptItem.submissions),
        )
    ).all()


def _keys_of(questions: Iterable[AttemptItem]) -> dict[str, Question]:
    chosen = select(FrozenSecret.digest, FrozenSecret.content).where(
        FrozenSecret.digest.in_([item.digest for item in questions])
    )
    return {digest: read_question(content.decode()) for digest, content in db.session.execute(chosen)}


def percent(marks: Iterable[Mark]) -> float | None:
    """The weighted mean of the shares, in percent with one decimal; None where one is unknown, or there are none."""
    total = earned = 0.0
    for mark in marks:
        if mark.share is None:
            return None
        total += mark.item.weight
        earned += mark.item.weight * mark.share
    return round(FULL * earned / total, 1) if total else None


def _question(item: AttemptItem, key: Question, word: Override | None) -> Mark:
    chosen = item.answer.chosen if item.answer else []
    right = is_correct(key, chosen) if word is None else word.outcome is Outcome.PASSED
    return Mark(item, float(right), bool(chosen), key, word)


def _task(item: AttemptItem) -> Mark:
    counting = [one for one in item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
    if not counting:
        return Mark(item, 0.0, answered=False)
    if item.attempt.assessment is not None and item.attempt.assessment.counts is Counts.LAST:
        counting = counting[-1:]
    found = [newest_result(one.id) for one in counting]
    scores = {result: score for result in found if result and (score := score_of(result)) is not None}
    best = max(scores, key=lambda result: scores[result], default=None)
    if len(scores) == len(found) or (best is not None and scores[best] == FULL):
        return Mark(item, scores[best] / FULL if best else 0.0, answered=True, result=best)
    return Mark(item, None, answered=True, pending=any(unfinished(one.id) for one in counting))


def score_of(result: Result) -> float | None:
    """A result's score with what people decided since; None where the fault was ours."""
    words = overrides.of_submission(result.submission_id)
    return result_score(overrides.apply(from_json(result.content), words)).value if words else result.score


def newest_result(submission_id: int) -> Result | None:
    """The result of the last grading of a submission; earlier ones are kept beside it."""
    return db.session.scalar(
        select(Result).where(Result.submission_id == submission_id).order_by(Result.id.desc()).limit(1)
    )


def unfinished(submission_id: int) -> bool:
    """Whether a grading of it waits or runs."""
    waiting = select(Job.id).where(
        Job.submission_id == submission_id,
        Job.kind == JobKind.GRADE,
        Job.state.in_(UNFINISHED),
    )
    return db.session.scalar(waiting.limit(1)) is not None
