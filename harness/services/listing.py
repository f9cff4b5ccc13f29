"""Long lists piece by piece, for programs: rows of a smaller id than one, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from harness.services.assessments import readable_by
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import (
    Assessment,
    Attempt,
    AttemptItem,
    AttemptKind,
    Invitation,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from harness.store.models import User


def assessments(user: User, before: int, most: int) -> Sequence[Assessment]:
    """Those that this person may read."""
    chosen = select(Assessment).where(readable_by(user), Assessment.id < before)
    return db.session.scalars(chosen.order_by(Assessment.id.desc()).limit(most)).all()


def invitations(assessment: Assessment, before: int, most: int) -> Sequence[Invitation]:
    mine = (Invitation.assessment_id == assessment.id) & Invitation.erased_at.is_(None)
    chosen = select(Invitation).where(mine, Invitation.id < before).options(joinedload(Invitation.assessment))
    return db.session.scalars(chosen.order_by(Invitation.id.desc()).limit(most)).all()


def attempts(assessment: Assessment, before: int, most: int) -> Sequence[Attempt]:
    mine = (Attempt.assessment_id == assessment.id) & (Attempt.kind == AttemptKind.ASSESSMENT)
    chosen = select(Attempt).where(mine, Attempt.id < before).options(joinedload(Attempt.invitation))
    return db.session.scalars(chosen.order_by(Attempt.id.desc()).limit(most)).all()


def submissions(assessment: Assessment, before: int, most: int) -> Sequence[Submission]:
    """What was handed in, without runs of the public tests."""
    chosen = (
        select(Submission)
        .join(AttemptItem)
        .join(Attempt)
        .where(
            Attempt.assessment_id == assessment.id,
            Attempt.kind == AttemptKind.ASSESSMENT,
            Submission.kind != SubmissionKind.PUBLIC_RUN,
            Submission.id < before,
        )
        .options(joinedload(Submission.item).joinedload(AttemptItem.frozen))
    )
    return db.session.scalars(chosen.order_by(Submission.id.desc()).limit(most)).all()


def attempt(ref: str, user: User) -> Attempt:
    """An attempt at an assessment that this person may read. Raises Refused."""
    mine = (Attempt.ref == ref) & (Attempt.kind == AttemptKind.ASSESSMENT)
    found = db.session.scalar(select(Attempt).join(Assessment).where(mine, readable_by(user)))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such attempt.")
    return found


def submission(ref: str, user: User) -> Submission:
    """A submission of such an attempt. Raises Refused."""
    chosen = select(Submission).join(AttemptItem).join(Attempt).join(Assessment)
    mine = (Submission.ref == ref) & (Submission.kind != SubmissionKind.PUBLIC_RUN)
    found = db.session.scalar(chosen.where(mine, readable_by(user), Attempt.kind == AttemptKind.ASSESSMENT))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such submission.")
    return found


def invitation(ref: str, user: User) -> Invitation:
    """An invitation to an assessment that this person may change. Raises Refused."""
    chosen = select(Invitation).join(Assessment).where(Invitation.ref == ref, Invitation.erased_at.is_(None))
    found = db.session.scalar(chosen.where(readable_by(user)))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such invitation.")
    return found
