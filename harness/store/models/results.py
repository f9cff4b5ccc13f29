"""Grading: what waits for it, what came of it, and what people decided afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.domain.verdicts import Outcome
from harness.store.base import Model
from harness.store.columns import Created, Digest, Id, Ref, choice, now
from harness.store.models.attempts import Attempt, AttemptItem, Submission
from harness.store.models.people import User


class JobKind(StrEnum):
    GRADE = "grade"
    PUBLIC_RUN = "public-run"
    DRY_RUN = "dry-run"  # of a regrade


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # by our own fault, more often than we try again


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class AppealState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Job(Model):
    """Something for the worker. Who holds it renews ``leased_until``; when that has passed, it is anyone's again."""

    __table_args__ = (
        UniqueConstraint("submission_id", "kind", "round"),
        Index(None, "state", "priority", "id"),
    )

    id: Mapped[Id]
    kind: Mapped[JobKind] = mapped_column(choice(JobKind))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    submission: Mapped[Submission] = relationship()
    round: Mapped[int] = mapped_column(default=0)  # a regrade is the next one
    priority: Mapped[int] = mapped_column(default=0)  # smaller goes first
    state: Mapped[JobState] = mapped_column(choice(JobState), default=JobState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(100), default="")
    leased_until: Mapped[datetime | None]
    enqueued_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress: Mapped[list[str]] = mapped_column(default=list)  # one line per verdict, as a candidate may read it
    trouble: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[Digest | None] = mapped_column(ForeignKey("frozen_item.digest"))  # by which a dry run judges
    regrade_id: Mapped[int | None] = mapped_column(ForeignKey("regrade.id", ondelete="CASCADE"), index=True)


class Result(Model):
    """What one grading came to; never changed. ``job_id`` is unique: no job leaves two.

    ``regrade_id``: it was made by that regrade's dry run. Whether a result counts ``services.counting`` says.
    """

    id: Mapped[Id]
    run_id: Mapped[str] = mapped_column(String(32), unique=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    submission: Mapped[Submission] = relationship()
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    regrade_id: Mapped[int | None] = mapped_column(ForeignKey("regrade.id", ondelete="CASCADE"), index=True)
    score: Mapped[float | None] = mapped_column(Float)  # None where the fault was ours
    task_digest: Mapped[Digest]
    image: Mapped[str] = mapped_column(String(100))
    seed: Mapped[str] = mapped_column(String(64))
    outcomes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the result in short: records.in_short
    points: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by concept: earned, possible
    content: Mapped[str] = mapped_column(Text, deferred=True)  # the whole result, as harness.domain writes it
    seconds: Mapped[float] = mapped_column(Float)
    created_at: Mapped[Created]


class Override(Model):
    """A person's word against a verdict or the key, with the reason. Of one thing, the last that stands counts."""

    __table_args__ = (CheckConstraint("(item_id IS NULL) <> (submission_id IS NULL)", name="about"),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("attempt_item.id", ondelete="CASCADE"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    check: Mapped[str] = mapped_column("check_id", String(100), default="")
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime] = mapped_column(default=now)
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id", ondelete="SET NULL"))  # that it answers
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=[withdrawn_by_id])


class Appeal(Model):
    """A candidate says that something is wrong: about a question of theirs, or one check of a submission."""

    __table_args__ = (CheckConstraint("(item_id IS NULL) <> (submission_id IS NULL)", name="about"),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    attempt: Mapped[Attempt] = relationship()
    item_id: Mapped[int | None] = mapped_column(ForeignKey("attempt_item.id", ondelete="CASCADE"))
    item: Mapped[AttemptItem | None] = relationship()
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    submission: Mapped[Submission | None] = relationship()
    check: Mapped[str] = mapped_column("check_id", String(100), default="")
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[AppealState] = mapped_column(choice(AppealState), default=AppealState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Created]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by: Mapped[User | None] = relationship()
    answered_at: Mapped[datetime | None]


class AuditEntry(Model):
    """Who did what, when. ``subject`` names the thing in words, so that it can be read when the thing is gone."""

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    actor: Mapped[User | None] = relationship()
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
