"""Grading once more: a further round for a submission, whose result then counts; the earlier ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.services import results
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.handing_in import SECOND
from harness.store.base import writing
from harness.store.models import Job, JobKind, Submission, SubmissionKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def grade_again(submission_id: int, by: int) -> None:
    """Has a submission graded once more, as after a fault of ours. Raises Refused while a grading is not over."""
    with writing() as session:
        submission = session.get_one(Submission, submission_id)
        enqueue(session, submission)
        note(session, by, "submission.grade-again", submission.ref, task=submission.item.frozen.item)


def enqueue(session: Session, submission: Submission) -> None:
    """The same, within the transaction of another deed."""
    if submission.kind is SubmissionKind.PUBLIC_RUN:
        raise Refused(Why.INVALID, "A run of the public tests is not graded.")
    if results.unfinished(submission.id):
        raise Refused(Why.CONFLICT, "It is being graded already.")
    session.add(Job(kind=JobKind.GRADE, submission=submission, round=_next(session, submission), priority=SECOND))


def _next(session: Session, submission: Submission) -> int:
    chosen = select(func.max(Job.round)).where(Job.submission_id == submission.id, Job.kind == JobKind.GRADE)
    last = session.scalar(chosen)
    return 0 if last is None else last + 1
