"""What people decided against a verdict or the key: looked up, and applied to results that themselves never change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from harness.domain.verdicts import Outcome
from harness.store.base import db
from harness.store.models import Override

if TYPE_CHECKING:
    from harness.domain.verdicts import GradeResult

Some = Collection[int] | Select[int]  # ids, or what finds them


def of_items(item_ids: Some) -> Mapping[int, Override]:
    """What stands about answers, by item; where nothing does, the key holds."""
    chosen = select(Override).where(Override.item_id.in_(item_ids), Override.withdrawn_at.is_(None))
    return {one.item_id: one for one in db.session.scalars(chosen.order_by(Override.id)) if one.item_id is not None}


def of_submission(submission_id: int) -> Mapping[str, Override]:
    """What stands about a submission's verdicts, by check."""
    return of_submissions([submission_id]).get(submission_id, {})


def of_submissions(submission_ids: Some) -> Mapping[int, Mapping[str, Override]]:
    """The same for many, by submission; one about which nothing stands is not in it."""
    chosen = select(Override).where(Override.submission_id.in_(submission_ids), Override.withdrawn_at.is_(None))
    found: dict[int, dict[str, Override]] = {}
    for one in db.session.scalars(chosen.order_by(Override.id).options(joinedload(Override.by))):
        if one.submission_id is not None:
            found.setdefault(one.submission_id, {})[one.check] = one
    return found


def apply(result: GradeResult, words: Mapping[str, Override]) -> GradeResult:
    """The result as people decided. A diagnosis that rests on a verdict which no longer holds is not made any more."""
    if not words:
        return result
    verdicts = tuple(
        replace(one, outcome=words[one.check].outcome) if one.check in words else one for one in result.verdicts
    )
    failed = {one.check for one in verdicts if one.outcome is Outcome.FAILED}
    diagnosis = tuple(one for one in result.diagnosis if set(one.checks) <= failed)
    return replace(result, verdicts=verdicts, diagnosis=diagnosis)
