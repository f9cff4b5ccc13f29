"""Grades: the rules by which an assessment's are made and shown, and the points that people give by a rubric."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Id, Ref, choice, now
from harness.store.models.assessments import Assessment
from harness.store.models.people import User


class Shown(StrEnum):
    """When candidates get to read their report and grade."""

    AT_ONCE = "at-once"  # each when they have ended
    WHEN_PUBLISHED = "when-published"  # all at the same moment


class GradeRules(Model):
    """How an assessment's grades are made and shown; an assessment without a row has the defaults.

    ``human_percent``: how much a rubric's points weigh in a task that has one.
    """

    __table_args__ = (CheckConstraint("human_percent BETWEEN 0 AND 100", name="human_percent"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    assessment: Mapped[Assessment] = relationship(back_populates="grade_rules")
    shown: Mapped[Shown] = mapped_column(choice(Shown), default=Shown.AT_ONCE)
    published_at: Mapped[datetime | None]
    human_percent: Mapped[int] = mapped_column(default=0)


class Criterion(Model):
    """One line of a rubric: what a person looks at in a task's submissions, and how many points it is worth."""

    __table_args__ = (
        UniqueConstraint("assessment_id", "task", "position"),
        CheckConstraint("points > 0", name="points"),
    )

    id: Mapped[Id]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    task: Mapped[str] = mapped_column(String(200))  # topic/slug, whichever version of it is asked
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[float] = mapped_column(Float)


class Award(Model):
    """The points that a person gave one submission by one criterion."""

    __table_args__ = (CheckConstraint("points >= 0", name="points"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    criterion: Mapped[Criterion] = relationship()
    points: Mapped[float] = mapped_column(Float)
    comment: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = mapped_column(default=now)
