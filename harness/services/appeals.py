"""Appeals: a candidate says that something is wrong with a question or a verdict, and somebody answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.domain.records import from_json
from harness.domain.verdicts import Outcome
from harness.services import reporting, results
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Appeal,
    AppealState,
    Assessment,
    Attempt,
    AttemptItem,
    Override,
    Part,
    Role,
    Submission,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

SHORTEST, LONGEST = 10, 4_000  # characters
MOST_OPEN = 20  # of one attempt


def file_about_question(attempt_id: int, item_id: int, text: str) -> Appeal:
    """Says that a question is wrong. Raises Refused."""
    with writing() as session:
        attempt = _reader(session, attempt_id)
        item = next((one for one in attempt.items if one.id == item_id and one.part is Part.QUESTIONS), None)
        if item is None:
            raise Refused(Why.UNKNOWN, "There is no such question.")
        return _file(session, Appeal(attempt=attempt, item_id=item.id, text=_checked(text)))


def file_about_check(attempt_id: int, submission_id: int, check: str, text: str) -> Appeal:
    """Says that the verdict of a check is wrong. Raises Refused."""
    with writing() as session:
        attempt = _reader(session, attempt_id)
        submission = session.get(Submission, submission_id)
        result = results.newest_result(submission_id)
        if submission is None or submission.item.attempt_id != attempt.id or result is None:
            raise Refused(Why.UNKNOWN, "There is no such submission.")
        if check not in {one.check for one in from_json(result.content).verdicts}:
            raise Refused(Why.UNKNOWN, "There is no such check.")
        return _file(session, Appeal(attempt=attempt, submission_id=submission.id, check=check, text=_checked(text)))


def _reader(session: Session, attempt_id: int) -> Attempt:
    """The attempt, whose report its person can read: what one can't read one can't appeal against."""
    attempt = session.get_one(Attempt, attempt_id)
    if why := reporting.not_yet(attempt):
        raise Refused(Why.NOT_NOW, why)
    return attempt


def _checked(text: str) -> str:
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Refused(Why.INVALID, f"Say in {SHORTEST} to {LONGEST:,} characters what is wrong, and why.")
    return text


def _file(session: Session, made: Appeal) -> Appeal:
    standing = session.scalars(
        select(Appeal).where(Appeal.attempt_id == made.attempt.id, Appeal.state == AppealState.OPEN)
    ).all()
    same = (made.item_id, made.submission_id, made.check)
    if any((one.item_id, one.submission_id, one.check) == same for one in standing if one is not made):
        raise Refused(Why.CONFLICT, "You have said so already, and the answer is still to come.")
    if len(standing) >= MOST_OPEN:
        raise Refused(Why.TOO_MANY, f"{MOST_OPEN} appeals are open. Wait for an answer to one of them.")
    session.add(made)
    session.flush()
    return made


def of_attempt(attempt_id: int) -> Sequence[Appeal]:
    """The appeals of an attempt, the oldest first."""
    return db.session.scalars(select(Appeal).where(Appeal.attempt_id == attempt_id).order_by(Appeal.id)).all()


def to_answer(user: User) -> Sequence[Appeal]:
    """The appeals that this person may answer: open ones first, the oldest first."""
    return db.session.scalars(_visible(user).order_by(Appeal.state != AppealState.OPEN, Appeal.id)).all()


def open_for(user: User) -> int:
    """How many of them are open."""
    chosen = _visible(user).where(Appeal.state == AppealState.OPEN)
    return db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def readable(ref: str, user: User) -> Appeal:
    """The appeal, for who may answer it. Raises Refused, the same for all others."""
    found = db.session.scalar(_visible(user).where(Appeal.ref == ref))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such appeal.")
    return found


def _visible(user: User) -> Select[Appeal]:
    chosen = select(Appeal).join(Attempt)
    if user.role in (Role.GRADER, Role.ADMINISTRATOR):
        return chosen
    return chosen.join(Assessment).where(Assessment.owner_id == user.id)


def answer(appeal_id: int, by: User, *, accepted: bool, text: str) -> None:
    """Answers an appeal; one that is accepted changes what counts, by an override with the answer as its reason.

    A question then counts as right for this person; a check counts as passed. Raises Refused.
    """
    text = _checked(text)
    with writing() as session:
        appeal = session.get_one(Appeal, appeal_id)
        if appeal.state is not AppealState.OPEN:
            raise Refused(Why.CONFLICT, "This appeal was answered already.")
        appeal.state = AppealState.ACCEPTED if accepted else AppealState.DECLINED
        appeal.answer, appeal.answered_by_id, appeal.answered_at = text, by.id, now()
        if accepted:
            session.add(
                Override(
                    item_id=appeal.item_id,
                    submission_id=appeal.submission_id,
                    check=appeal.check,
                    outcome=Outcome.PASSED,
                    reason=text,
                    by_id=by.id,
                )
            )
        note(session, by.id, f"appeal.{appeal.state.value}", appeal.ref, about=about(appeal))


def about(appeal: Appeal) -> str:
    """What an appeal is about, in words."""
    if appeal.item is not None:
        return f"question {appeal.item.frozen.item}"
    assert appeal.submission is not None
    return f"check {appeal.check} of {appeal.submission.item.frozen.item}"


def item_of(appeal: Appeal) -> AttemptItem:
    """The item of the attempt that it is about."""
    item = appeal.item if appeal.item is not None else appeal.submission.item if appeal.submission else None
    assert item is not None
    return item
