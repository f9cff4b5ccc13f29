"""Regrades: an assessment judged anew after a task, a key or the image has changed; tried first, then applied."""

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
    """Some items of one assessment, judged by other versions of them, or by the same on another image.

    Of an assessment one at most is undecided; so what is applied was applied in the order of its ids.
    """

    __table_args__ = (Index("ix_regrade_open", "assessment_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    assessment: Mapped[Assessment] = relationship()
    state: Mapped[RegradeState] = mapped_column(choice(RegradeState), default=RegradeState.DRY_RUN)
    started_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    started_by: Mapped[User] = relationship(foreign_keys=[started_by_id])
    started_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[RegradeItem]] = relationship(back_populates="regrade", cascade="all, delete-orphan")


class RegradeItem(Model):
    """One item of a regrade: by which version it was judged before, and by which it is after.

    ``digest`` is the version that people were asked, which no regrade changes. Before and after are the same where
    only the image differs.
    """

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id", ondelete="CASCADE"), primary_key=True)
    regrade: Mapped[Regrade] = relationship(back_populates="items")
    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"), primary_key=True)
    before_digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"))
    before: Mapped[FrozenItem] = relationship(foreign_keys=[before_digest])
    after_digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"))
    after: Mapped[FrozenItem] = relationship(foreign_keys=[after_digest])
