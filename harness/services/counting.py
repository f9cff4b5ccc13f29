"""Which results and which keys count: those of regrades do once they are applied, and no more when rolled back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from harness.store.base import db
from harness.store.models import Job, Regrade, RegradeState, Result

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement, ScalarSelect
    from sqlalchemy.orm import InstrumentedAttribute

    from harness.services.overrides import Some


def counts(what_if: Regrade | None = None) -> ColumnElement[bool]:
    """Whether a row of Result counts; with ``what_if`` as it would if that regrade were applied."""
    applied = select(Regrade.id).where(Regrade.state == RegradeState.APPLIED)
    found = or_(Result.regrade_id.is_(None), Result.regrade_id.in_(applied))
    return found if what_if is None else or_(found, Result.regrade_id == what_if.id)


def newest(submissions: Some, what_if: Regrade | None = None) -> Mapping[int, Result]:
    """The result that counts, by submission: the last one; earlier ones are kept beside it."""
    last = select(func.max(Result.id)).where(Result.submission_id.in_(submissions), counts(what_if))
    chosen = select(Result).where(Result.id.in_(last.group_by(Result.submission_id)))
    return {one.submission_id: one for one in db.session.scalars(chosen)}


def newest_of(submission_id: InstrumentedAttribute[int]) -> ScalarSelect[int | None]:
    """The id of the same, for a query over submissions."""
    last = select(func.max(Result.id)).where(Result.submission_id == submission_id, counts())
    return last.correlate_except(Result, Regrade).scalar_subquery()


def for_real() -> ColumnElement[bool]:
    """Whether a row of Job is for a result that will count; what a dry run has judged keeps nobody waiting."""
    tried = select(Regrade.id).where(Regrade.state != RegradeState.APPLIED)
    return or_(Job.regrade_id.is_(None), Job.regrade_id.not_in(tried))


def applied(assessments: Collection[int], what_if: Regrade | None = None) -> Mapping[tuple[int, str], Regrade]:
    """The regrade that holds, by assessment and the digest of the item as it was published."""
    chosen = select(Regrade).where(Regrade.assessment_id.in_(assessments), Regrade.state == RegradeState.APPLIED)
    found = {(one.assessment_id, one.digest): one for one in db.session.scalars(chosen.order_by(Regrade.id))}
    return found if what_if is None else {**found, (what_if.assessment_id, what_if.digest): what_if}
