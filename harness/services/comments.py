"""Comments of graders on what was handed in: on a line, on several, or on all of it.

Only who wrote one changes it. The candidate reads what is published, once the report may be read and is full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from harness.domain.packs import unpack
from harness.services.assessments import may_grade
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.lines import readable
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Attempt, AttemptItem, Comment, Submission, SubmissionKind, User

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST = 4_000  # characters
MOST = 300  # of one submission
LINE_END = re.compile(r"\r\n|\r|\n")  # as Python counts lines, so that tracebacks and comments mean the same ones


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of a file, the first and the last one, counted from 1; without a path all that was handed in."""

    path: str = ""
    first: int = 0
    last: int = 0


WHOLE = Place()


def lines_of(text: str) -> list[str]:
    """A file's lines without their ends."""
    found = LINE_END.split(text)
    return found[:-1] if not found[-1] else found


def of_submission(submission_id: int) -> Sequence[Comment]:
    """All of a submission, in the order of its lines, with their authors."""
    chosen = select(Comment).where(Comment.submission_id == submission_id).options(joinedload(Comment.author))
    return db.session.scalars(chosen.order_by(Comment.path, Comment.last, Comment.id)).all()


def published(attempt: Attempt) -> Mapping[int, Sequence[Comment]]:
    """What is published of an attempt, by submission. Whether its person may read it ``reporting`` says."""
    chosen = (
        select(Comment)
        .join(Submission)
        .join(AttemptItem)
        .where(AttemptItem.attempt_id == attempt.id, Comment.published_at.is_not(None))
        .order_by(Comment.path, Comment.last, Comment.id)
    )
    found: dict[int, list[Comment]] = {}
    for one in db.session.scalars(chosen):
        found.setdefault(one.submission_id, []).append(one)
    return found


def write(submission_id: int, by: User, place: Place, text: str, *, publish: bool) -> Comment:
    """A new comment; the same again, as a second click sends it, is the one that is there. Raises Refused."""
    text = checked(text)
    with writing() as session:
        submission = _submission(session, submission_id, by)
        _check_place(submission, place)
        same = select(Comment).where(
            Comment.submission_id == submission.id,
            Comment.author_id == by.id,
            Comment.path == place.path,
            Comment.first == place.first,
            Comment.last == place.last,
            Comment.text == text,
        )
        if known := session.scalar(same):
            return known
        count = select(func.count()).select_from(Comment).where(Comment.submission_id == submission.id)
        if (session.scalar(count) or 0) >= MOST:
            raise Refused(Why.TOO_MANY, f"A submission has at most {MOST} comments.")
        made = Comment(
            submission_id=submission.id,
            author_id=by.id,
            path=place.path,
            first=place.first,
            last=place.last,
            text=text,
            published_at=now() if publish else None,
        )
        session.add(made)
        session.flush()
        if publish:
            note(session, by.id, "comment.publish", submission.ref, comment=made.ref)
    return made


def change(ref: str, by: User, text: str, *, publish: bool) -> Comment:
    """Another text, or another reader, for a comment of one's own. Raises Refused."""
    with writing() as session:
        found = _own(session, ref, by)
        text = checked(text)
        if found.text != text:
            found.text, found.changed_at = text, now()
        if publish != (found.published_at is not None):
            found.published_at = now() if publish else None
            deed = "comment.publish" if publish else "comment.hide"
            note(session, by.id, deed, found.submission.ref, comment=found.ref)
    return found


def remove(ref: str, by: User) -> None:
    """Takes a comment of one's own away. Raises Refused."""
    with writing() as session:
        found = _own(session, ref, by)
        if found.published_at is not None:
            note(session, by.id, "comment.remove", found.submission.ref, comment=found.ref)
        session.delete(found)


def publish(submission_ids: Sequence[int], by: User) -> int:
    """Shows candidates all comments on these that they do not see yet, whoever wrote them. Gives their number.

    Raises Refused where one of the submissions is not this person's to grade.
    """
    with writing() as session:
        for number in submission_ids:
            _submission(session, number, by)
        chosen = update(Comment).where(Comment.submission_id.in_(submission_ids), Comment.published_at.is_(None))
        count: int = session.execute(chosen.values(published_at=now())).rowcount  # type: ignore[attr-defined]
        if count:
            about = session.scalars(select(Submission.ref).where(Submission.id.in_(submission_ids))).all()
            subject = about[0] if len(about) == 1 else f"{len(about)} submissions"
            note(session, by.id, "comment.publish", subject, comments=count)
    return count


def _submission(session: Session, submission_id: int, by: User) -> Submission:
    found = session.get(Submission, submission_id)
    assessment = found.item.attempt.assessment if found else None
    if found is None or found.kind is SubmissionKind.PUBLIC_RUN or assessment is None or not may_grade(assessment, by):
        raise Refused(Why.UNKNOWN, "There is no such submission.")
    return found


def _own(session: Session, ref: str, by: User) -> Comment:
    found = session.scalar(select(Comment).where(Comment.ref == ref))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such comment.")
    _submission(session, found.submission_id, by)
    if found.author_id != by.id:
        raise Refused(Why.FORBIDDEN, "Only who wrote a comment changes it.")
    return found


def _check_place(submission: Submission, place: Place) -> None:
    if place == WHOLE:
        return
    data = unpack(submission.blob.content).get(place.path)
    if data is None:
        raise Refused(Why.INVALID, "There is no such file in this submission.")
    count = max(1, len(lines_of(data.decode("utf-8", "backslashreplace"))))
    if not 1 <= place.first <= place.last <= count:
        lines = "line" if count == 1 else "lines"
        raise Refused(Why.INVALID, f"{place.path} has {count} {lines}: give the first and the last one of them.")


def checked(text: str) -> str:
    """What somebody wrote, as it is kept. Raises Refused for too little or much."""
    text = readable(text).strip()
    if not 1 <= len(text) <= LONGEST:
        raise Refused(Why.INVALID, f"A comment has 1 to {LONGEST:,} characters.")
    return text
