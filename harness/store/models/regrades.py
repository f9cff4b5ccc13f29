"""Regrades: an item of an assessment judged anew after it, or the image, has changed; tried first, then applied."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Digest, Id, Ref, choice, now
from harness.store.models.assessments import Assessment, FrozenItem
from harness.store.models.people import User

OPEN = text("state = 'dry-run'")


class RegradeState(StrEnum):
    DRY_RUN = "dry-run"  # its results are there, and do not count
    APPLIED = "applied"
    ROLLED_BACK = "rolled-back"  # they counted, and do so no more
    DROPPED = "dropped"  # they never counted


class Regrade(Model):
    """One item of one assessment, judged by ``new_digest`` in place of ``digest``; both are the same for a new image.

    Of an assessment one at most is undecided.
    """

    __table_args__ = (Index("ix_regrade_open", "assessment_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    assessment: Mapped[Assessment] = relationship()
    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"))
    item: Mapped[FrozenItem] = relationship(foreign_keys=[digest])
    new_digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"))
    new_item: Mapped[FrozenItem] = relationship(foreign_keys=[new_digest])
    state: Mapped[RegradeState] = mapped_column(choice(RegradeState), default=RegradeState.DRY_RUN)
    reason: Mapped[str] = mapped_column(Text, default="")
    started_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    started_by: Mapped[User] = relationship(foreign_keys=[started_by_id])
    started_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    decided_at: Mapped[datetime | None]
