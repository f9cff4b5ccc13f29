"""Which version of an item holds, and which results count: the one place that says so.

A result counts if it was made by the version of its task that holds, and belongs to no dry run, or to one that was
applied. A regrade never touches a result: applied, another version holds; rolled back, the earlier one does again, and
with it the results that were made by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from harness.store.base import db
from harness.store.models import Attempt, AttemptItem, Regrade, RegradeItem, RegradeState, Result, Submission

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement, ScalarSelect, Select
    from sqlalchemy.orm import InstrumentedAttribute

    from harness.services.overrides import Some


@dataclass(frozen=True, slots=True)
class View:
    """Which regrades are looked at as applied: those that are; only ``before`` an id; ``also`` one more."""

    before: int | None = None
    also: int | None = None

    def holds(self) -> ColumnElement[bool]:
        """Whether a row of Regrade does."""
        found: ColumnElement[bool] = Regrade.state == RegradeState.APPLIED
        if self.before is not None:
            found = and_(found, Regrade.id < self.before)
        return found if self.also is None else or_(found, Regrade.id == self.also)


NOW = View()
_attempt, _item, _submission = aliased(Attempt), aliased(AttemptItem), aliased(Submission)  # a query may have its own


def without(regrade: Regrade) -> View:
    """As it stood when the regrade was not applied yet."""
    return View(before=regrade.id)


def through(regrade: Regrade) -> View:
    """As it stands, stood or would stand when it was."""
    return View(before=regrade.id, also=regrade.id)


def versions(assessments: Collection[int], view: View = NOW) -> Mapping[tuple[int, str], str]:
    """The digest that holds, by assessment and the digest that was asked; without items that no regrade changed."""
    chosen = (
        select(Regrade.assessment_id, RegradeItem.digest, RegradeItem.after_digest)
        .join(Regrade)
        .where(Regrade.assessment_id.in_(assessments), view.holds())
        .order_by(Regrade.id)
    )
    return {(assessment, asked): holds for assessment, asked, holds in db.session.execute(chosen)}


def version(item: AttemptItem) -> str:
    """The digest by which an item of an attempt is judged now."""
    assessment = item.attempt.assessment_id
    return item.digest if assessment is None else versions([assessment]).get((assessment, item.digest), item.digest)


def newest(submissions: Some, view: View = NOW) -> Mapping[int, Result]:
    """The result that counts, by submission: of those that may, the last one; all others are kept beside it."""
    last = _last(view).where(Result.submission_id.in_(submissions)).group_by(Result.submission_id)
    chosen = select(Result).where(Result.id.in_(last))
    return {one.submission_id: one for one in db.session.scalars(chosen)}


def newest_of(submission_id: InstrumentedAttribute[int]) -> ScalarSelect[int | None]:
    """The id of the same, for a query over submissions."""
    return _last(NOW).where(Result.submission_id == submission_id).correlate(Submission).scalar_subquery()


def _last(view: View) -> Select[int | None]:
    """The last result that may count, of those that a condition still has to choose."""
    holding = (
        select(RegradeItem.after_digest)
        .join(Regrade)
        .where(Regrade.assessment_id == _attempt.assessment_id, RegradeItem.digest == _item.digest, view.holds())
        .order_by(Regrade.id.desc())
        .limit(1)
        .correlate(_attempt, _item)
        .scalar_subquery()
    )
    return (
        select(func.max(Result.id))
        .join(_submission, _submission.id == Result.submission_id)
        .join(_item, _item.id == _submission.item_id)
        .join(_attempt, _attempt.id == _item.attempt_id)
        .where(
            Result.task_digest == func.coalesce(holding, _item.digest),
            or_(Result.regrade_id.is_(None), Result.regrade_id.in_(select(Regrade.id).where(view.holds()))),
        )
    )
