"""Grading once more: a further round for a submission, whose result then counts; the earlier ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.services import counting, results
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.handing_in import SECOND
from harness.store.base import writing
from harness.store.models import Job, JobKind, Regrade, Submission, SubmissionKind

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
    session.add(job_for(session, submission))


def job_for(session: Session, submission: Submission, regrade: Regrade | None = None) -> Job:
    """A further round of grading. Its result belongs to ``regrade``, or to the one that holds for its item."""
    item = submission.item
    held = counting.applied([item.attempt.assessment_id or 0])
    regrade = regrade or held.get((item.attempt.assessment_id or 0, item.digest))
    chosen = select(func.max(Job.round)).where(Job.submission_id == submission.id, Job.kind == JobKind.GRADE)
    last = session.scalar(chosen)
    return Job(
        kind=JobKind.GRADE,
        submission=submission,
        round=0 if last is None else last + 1,
        priority=SECOND,
        digest=regrade.new_digest if regrade else None,
        regrade_id=regrade.id if regrade else None,
    )
