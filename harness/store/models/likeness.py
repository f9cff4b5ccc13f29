"""Which submissions of a task read alike."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Digest, Id, Ref, choice, now
from harness.store.models.assessments import Assessment, FrozenItem
from harness.store.models.attempts import Submission
from harness.store.models.people import User


class ComparisonState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Comparison(Model):
    """All submissions of one task of an assessment beside each other, as they were when it was made last.

    Who compares renews nothing: when ``leased_until`` has passed, it is anyone's again. ``last_submission`` is the
    newest that was looked at; ``bars`` count the pairs of people by tens of their likeness.
    """

    __table_args__ = (UniqueConstraint("assessment_id", "digest"),)

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    assessment: Mapped[Assessment] = relationship()
    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"))
    task: Mapped[FrozenItem] = relationship()
    state: Mapped[ComparisonState] = mapped_column(choice(ComparisonState), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_by: Mapped[User] = relationship()
    made_at: Mapped[datetime | None]
    last_submission: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    too_little: Mapped[int] = mapped_column(default=0)  # people with too little code of their own
    left_out: Mapped[int] = mapped_column(default=0)  # files that could not be read as code
    bars: Mapped[list[int]] = mapped_column(JSON, default=list)


class AlikePair(Model):
    """Two people's most alike submissions. A share is how much of that one's own code is in the other, in percent.

    ``passages`` are dicts as ``harness.likeness.Passage`` has them.
    """

    id: Mapped[Id]
    ref: Mapped[Ref]
    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparison.id", ondelete="CASCADE"), index=True)
    comparison: Mapped[Comparison] = relationship()
    position: Mapped[int]
    one_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    one: Mapped[Submission] = relationship(foreign_keys=one_id)
    other_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    other: Mapped[Submission] = relationship(foreign_keys=other_id)
    one_share: Mapped[float]
    other_share: Mapped[float]
    one_lines: Mapped[int]
    other_lines: Mapped[int]
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
