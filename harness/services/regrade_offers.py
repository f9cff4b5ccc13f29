"""What a regrade of an assessment can change, item by item: a newer version in the catalogue, or the image alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from harness.services import counting
from harness.store.base import db
from harness.store.models import (
    Assessment,
    AssessmentItem,
    Attempt,
    AttemptItem,
    AttemptKind,
    FrozenItem,
    ItemKind,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from sqlalchemy import Select

KIND_DIFFERS = "Its newer version asks for another kind of answer than people gave, so it can't judge their answers."
OPTIONS_DIFFER = "Its newer version has other options than people saw, so it can't judge their answers."


class Change(StrEnum):
    """How an item is to be judged anew."""

    AGAIN = "again"  # by the same version, on the worker's image of today
    NEWER = "newer"  # by the version that the catalogue has now


@dataclass(frozen=True, slots=True)
class Offer:
    """An item of an assessment, the version that holds for it, and what can be changed about it.

    ``newer`` is the catalogue's version, if it is another one; ``why_not`` says why it can't take the place of the one
    that holds; ``reworded``: what people read is not the same in both. ``submissions`` would be graded.
    """

    item: AssessmentItem
    holds: FrozenItem
    newer: FrozenItem | None
    why_not: str
    reworded: bool
    submissions: int

    @property
    def choices(self) -> tuple[Change, ...]:
        newer = (Change.NEWER,) if self.newer is not None and not self.why_not else ()
        return newer if self.item.frozen.kind is ItemKind.QUESTION else (*newer, Change.AGAIN)


def offers(assessment: Assessment) -> list[Offer]:
    """What can be changed, item by item, in the assessment's order."""
    versions = counting.versions([assessment.id])
    asked = {one.digest for one in assessment.items}
    holds = {digest: versions.get((assessment.id, digest), digest) for digest in asked}
    known = {one.digest: one for one in _frozen(FrozenItem.digest.in_({*asked, *holds.values()}))}
    names = {one.item for one in known.values()}
    newest = {(one.kind, one.item): one for one in _frozen(FrozenItem.current, FrozenItem.item.in_(names))}
    counts = dict(
        db.session.execute(
            handed_in(assessment.id, asked)
            .with_only_columns(AttemptItem.digest, func.count(Submission.id))
            .group_by(AttemptItem.digest)
        ).all()
    )
    return [
        _offer(one, known[one.digest], known[holds[one.digest]], newest, counts.get(one.digest, 0))
        for one in assessment.items
    ]


def _frozen(*conditions: object) -> Sequence[FrozenItem]:
    chosen = select(FrozenItem).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalars(chosen.options(undefer(FrozenItem.content), joinedload(FrozenItem.topic))).all()


def _offer(
    item: AssessmentItem,
    asked: FrozenItem,
    holds: FrozenItem,
    newest: Mapping[tuple[ItemKind, str], FrozenItem],
    submissions: int,
) -> Offer:
    newer = newest.get((holds.kind, holds.item))
    if newer is None or newer.digest == holds.digest:
        return Offer(item, holds, None, "", reworded=False, submissions=submissions)
    return Offer(item, holds, newer, _why_not(asked, newer), newer.content != asked.content, submissions)


def _why_not(asked: FrozenItem, newer: FrozenItem) -> str:
    if asked.kind is ItemKind.TASK:
        return ""
    before, after = json.loads(asked.content), json.loads(newer.content)
    if before["kind"] != after["kind"]:
        return KIND_DIFFERS
    same = {one["id"] for one in before["options"]} == {one["id"] for one in after["options"]}
    return "" if same else OPTIONS_DIFFER


def handed_in(assessment_id: int, digests: Collection[str]) -> Select[int]:
    """What invited people handed in of items of an assessment, as it is graded."""
    return (
        select(Submission.id)
        .join(AttemptItem, AttemptItem.id == Submission.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(
            Attempt.assessment_id == assessment_id,
            Attempt.kind == AttemptKind.ASSESSMENT,
            AttemptItem.digest.in_(digests),
            Submission.kind != SubmissionKind.PUBLIC_RUN,
        )
    )
