"""Appeals: a candidate says that something is wrong with a question or a verdict, and somebody answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from harness.domain.records import from_json
from harness.domain.verdicts import Outcome
from harness.services import regrading, reporting, results
from harness.services.assessments import readable_by
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
    FrozenItem,
    Invitation,
    Override,
    Part,
    Submission,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

SHORTEST, LONGEST = 10, 4_000  # characters
MOST_OPEN = 20  # of one attempt
MOST_LISTED = 50
WHOLE = ""  # the check of an appeal against a grading as a whole, as where the app did not start


def file_about_question(attempt_id: int, item_id: int, text: str) -> Appeal:
    """Says that a question is wrong. Raises Refused."""
    text = checked(text)
    with writing() as session:
        attempt = _reader(session, attempt_id)
        item = next((one for one in attempt.items if one.id == item_id and one.part is Part.QUESTIONS), None)
        if item is None:
            raise Refused(Why.UNKNOWN, "There is no such question.")
        return _file(session, Appeal(attempt_id=attempt.id, item_id=item.id, check=WHOLE, text=text), attempt)


def file_about_check(attempt_id: int, submission_id: int, check: str, text: str) -> Appeal:
    """Says that the verdict of a check is wrong, or the WHOLE grading. Raises Refused."""
    text = checked(text)
    with writing() as session:
        attempt = _reader(session, attempt_id)
        submission = session.get(Submission, submission_id)
        result = results.newest_result(submission_id)
        if submission is None or submission.item.attempt_id != attempt.id or result is None:
            raise Refused(Why.UNKNOWN, "There is no such submission.")
        if check != WHOLE and check not in {one.check for one in from_json(result.content).verdicts}:
            raise Refused(Why.UNKNOWN, "There is no such check.")
        made = Appeal(attempt_id=attempt.id, submission_id=submission.id, check=check, text=text)
        return _file(session, made, attempt)


def _reader(session: Session, attempt_id: int) -> Attempt:
    """The attempt, whose full report its person can read: what one can't read one can't appeal against."""
    attempt = session.get_one(Attempt, attempt_id)
    if why := reporting.not_yet(attempt):
        raise Refused(Why.NOT_NOW, why)
    if not reporting.is_full(attempt):
        raise Refused(Why.FORBIDDEN, "The report of this assessment has scores alone.")
    return attempt


def checked(text: str) -> str:
    """What somebody wrote, as it is kept: line ends as browsers count them. Raises Refused for too little or much."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Refused(Why.INVALID, f"Write {SHORTEST} to {LONGEST:,} characters: what it is, and why.")
    return text


def _file(session: Session, made: Appeal, attempt: Attempt) -> Appeal:
    open_ones = session.scalars(
        select(Appeal).where(Appeal.attempt_id == attempt.id, Appeal.state == AppealState.OPEN)
    ).all()
    if any((one.item_id, one.submission_id, one.check) == subject(made) for one in open_ones):
        raise Refused(Why.CONFLICT, "You have said so already, and the answer is still to come.")
    if len(open_ones) >= MOST_OPEN:
        raise Refused(Why.TOO_MANY, f"{MOST_OPEN} appeals are open. Wait for an answer to one of them.")
    session.add(made)
    session.flush()
    note(session, attempt.user_id, "appeal.filed", made.ref, about=about(made), attempt=attempt.ref)
    return made


def subject(appeal: Appeal) -> tuple[int | None, int | None, str]:
    """What it is about, to compare: item, submission, check."""
    return appeal.item_id, appeal.submission_id, appeal.check


def of_attempt(attempt_id: int) -> Sequence[Appeal]:
    """The appeals of an attempt, the oldest first."""
    return db.session.scalars(select(Appeal).where(Appeal.attempt_id == attempt_id).order_by(Appeal.id)).all()


def open_ones(user: User) -> Sequence[Appeal]:
    """The appeals that wait for this person or a colleague, the oldest first; so many and no more."""
    chosen = _visible(user).where(Appeal.state == AppealState.OPEN).order_by(Appeal.id)
    return db.session.scalars(_with_subjects(chosen).limit(MOST_LISTED)).all()


def answered(user: User) -> Sequence[Appeal]:
    """The last appeals that were answered, the newest answer first."""
    chosen = _visible(user).where(Appeal.state != AppealState.OPEN).order_by(Appeal.answered_at.desc())
    return db.session.scalars(_with_subjects(chosen).limit(MOST_LISTED)).all()


def open_for(user: User) -> int:
    """How many are open."""
    chosen = _visible(user).where(Appeal.state == AppealState.OPEN)
    return db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def readable(ref: str, user: User) -> Appeal:
    """The appeal, for who may answer it. Raises Refused, the same for all others."""
    found = db.session.scalar(_visible(user).where(Appeal.ref == ref))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such appeal.")
    return found


def _with_subjects(chosen: Select[Appeal]) -> Select[Appeal]:
    """With whose they are and what they are about, for a list."""
    topic = joinedload(AttemptItem.frozen).joinedload(FrozenItem.topic)
    whose = joinedload(Appeal.attempt).joinedload(Attempt.invitation)
    return chosen.options(
        whose.joinedload(Invitation.assessment).joinedload(Assessment.grade_rules),  # which say whether names show
        joinedload(Appeal.item).options(topic),
        joinedload(Appeal.submission).joinedload(Submission.item).options(topic),
    )


def _visible(user: User) -> Select[Appeal]:
    return select(Appeal).join(Attempt).outerjoin(Assessment).where(readable_by(user))


def answer(appeal_id: int, by: User, *, accepted: bool, text: str) -> None:
    """Answers an appeal. One that is accepted changes what counts, by an override with the answer as its reason.

    A question then counts as right for this person, a check as passed; a whole grading is made again. Raises Refused.
    """
    text = checked(text)
    with writing() as session:
        appeal = session.get_one(Appeal, appeal_id)
        if appeal.state is not AppealState.OPEN:
            raise Refused(Why.CONFLICT, "This appeal was answered already.")
        appeal.state = AppealState.ACCEPTED if accepted else AppealState.DECLINED
        appeal.answer, appeal.answered_by_id, appeal.answered_at = text, by.id, now()
        note(session, by.id, f"appeal.{appeal.state.value}", appeal.ref, about=about(appeal))
        if accepted and appeal.submission is not None and appeal.check == WHOLE:
            regrading.enqueue(session, appeal.submission)
        elif accepted:
            session.add(
                Override(
                    item_id=appeal.item_id,
                    submission_id=appeal.submission_id,
                    check=appeal.check,
                    outcome=Outcome.PASSED,
                    reason=text,
                    by_id=by.id,
                    appeal_id=appeal.id,
                )
            )


def about(appeal: Appeal) -> str:
    """What an appeal is about, in words."""
    name = item_of(appeal).frozen.item
    if appeal.item_id is not None:
        return f"question {name}"
    return f"check {appeal.check} of {name}" if appeal.check != WHOLE else f"the grading of {name}"


def heading(appeal: Appeal) -> str:
    """The same for people."""
    frozen = item_of(appeal).frozen
    if appeal.item_id is not None:
        return f"A question on {frozen.topic.title}"
    return f"A verdict on “{frozen.title}”" if appeal.check != WHOLE else f"The grading of “{frozen.title}”"


def item_of(appeal: Appeal) -> AttemptItem:
    """The item of the attempt that it is about."""
    item = appeal.item if appeal.item is not None else appeal.submission.item if appeal.submission else None
    assert item is not None
    return item
