"""Attempts: what one person was asked, answered, wrote and handed in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Digest, Id, Ref, choice, new_ref, now
from harness.store.models.assessments import Assessment, FrozenItem, Invitation
from harness.store.models.people import User


class AttemptKind(StrEnum):
    ASSESSMENT = "assessment"
    LEARNING = "learning"  # the explanation comes at once, and there is no clock
    EXAM = "exam"
    TASK = "task"  # one task to practise on, without a clock
    WARM_UP = "warm-up"  # an invited person tries the pages; nothing of it counts


class Part(StrEnum):
    """What has a clock of its own."""

    QUESTIONS = "questions"
    TASKS = "tasks"


class SubmissionKind(StrEnum):
    PUBLIC_RUN = "public-run"  # of the public tests; counts for nothing
    HANDED_IN = "handed-in"
    AT_THE_END = "at-the-end"  # the draft, when time was up
    UPLOADED = "uploaded"  # by who runs the assessment, in this person's name


class EventKind(StrEnum):
    """What a timeline shows; candidates are told beforehand that it is kept."""

    STARTED = "started"
    ANSWERED = "answered"
    FLAGGED = "flagged"
    SAVED = "saved"
    RAN = "ran"
    SUBMITTED = "submitted"
    ENDED = "ended"
    EXTENDED = "extended"  # by who runs the assessment


class Attempt(Model):
    """One attempt, of an invited person or of an account that practises."""

    __table_args__ = (
        CheckConstraint("(invitation_id IS NULL) <> (user_id IS NULL)", name="whose"),
        CheckConstraint("(assessment_id IS NULL) = (invitation_id IS NULL)", name="assessed"),
        UniqueConstraint("invitation_id", "kind"),
        UniqueConstraint("user_id", "key"),
    )

    id: Mapped[Id]
    ref: Mapped[Ref]
    kind: Mapped[AttemptKind] = mapped_column(choice(AttemptKind))
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    assessment: Mapped[Assessment | None] = relationship()
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"))
    invitation: Mapped[Invitation | None] = relationship()
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User | None] = relationship()
    seed: Mapped[str] = mapped_column(String(32), default=new_ref)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of practice
    key: Mapped[str | None] = mapped_column(String(64))  # of practice: names the click that began it
    ai_declaration: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
    finished_at: Mapped[datetime | None]
    parts: Mapped[list[AttemptPart]] = relationship(back_populates="attempt", cascade="all, delete-orphan")
    items: Mapped[list[AttemptItem]] = relationship(
        back_populates="attempt", order_by="AttemptItem.position", cascade="all, delete-orphan"
    )


class AttemptPart(Model):
    """One clock. ``deadline`` is set when it starts, and only a person moves it later; None where there is no limit."""

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    attempt: Mapped[Attempt] = relationship(back_populates="parts")
    part: Mapped[Part] = mapped_column(choice(Part), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    deadline: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class AttemptItem(Model):
    """One item of an attempt. ``shown`` are a question's option ids, in the order in which this person sees them."""

    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    attempt: Mapped[Attempt] = relationship(back_populates="items")
    position: Mapped[int]
    part: Mapped[Part] = mapped_column(choice(Part))
    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"), index=True)
    frozen: Mapped[FrozenItem] = relationship()
    weight: Mapped[int] = mapped_column(default=1)
    shown: Mapped[list[str]] = mapped_column(default=list)
    draft_version: Mapped[int] = mapped_column(default=0)  # counts saves, so that two tabs notice each other
    draft_at: Mapped[datetime | None]  # when it was saved last
    answer: Mapped[Answer | None] = relationship(back_populates="item", cascade="all, delete-orphan")
    draft: Mapped[list[DraftFile]] = relationship(
        back_populates="item", order_by="DraftFile.path", cascade="all, delete-orphan"
    )
    submissions: Mapped[list[Submission]] = relationship(back_populates="item", order_by="Submission.number")


class Answer(Model):
    """What stands marked at a question now. Whether it is right is worked out from the frozen key, never stored."""

    item_id: Mapped[int] = mapped_column(ForeignKey("attempt_item.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[AttemptItem] = relationship(back_populates="answer")
    chosen: Mapped[list[str]] = mapped_column(default=list)
    flagged: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)  # the page counts its clicks: an older one never overtakes
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class DraftFile(Model):
    """One file of a task's draft."""

    item_id: Mapped[int] = mapped_column(ForeignKey("attempt_item.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[AttemptItem] = relationship(back_populates="draft")
    path: Mapped[str] = mapped_column(String(400), primary_key=True)
    content: Mapped[str] = mapped_column(Text)


class Blob(Model):
    """Files under their digest, packed: two people who hand in the same have handed in the same."""

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    created_at: Mapped[Created]


class Submission(Model):
    """Something handed in. ``key`` names the click, so that a click that arrives twice is one submission."""

    __table_args__ = (UniqueConstraint("item_id", "number"), UniqueConstraint("item_id", "key"))

    id: Mapped[Id]
    ref: Mapped[Ref]
    item_id: Mapped[int] = mapped_column(ForeignKey("attempt_item.id", ondelete="CASCADE"))
    item: Mapped[AttemptItem] = relationship(back_populates="submissions")
    number: Mapped[int]
    kind: Mapped[SubmissionKind] = mapped_column(choice(SubmissionKind))
    key: Mapped[str] = mapped_column(String(64))
    digest: Mapped[Digest] = mapped_column(ForeignKey("blob.digest"), index=True)
    blob: Mapped[Blob] = relationship()
    received_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def ordinal(self) -> int:
        """The how-many-th submission of its task it is for people, who do not count runs of the public tests."""
        counted = [one for one in self.item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
        return sum(one.number <= self.number for one in counted)


class Event(Model):
    """One line of an attempt's timeline."""

    __table_args__ = (Index(None, "attempt_id", "at"),)

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("attempt_item.id", ondelete="CASCADE"))
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    at: Mapped[datetime] = mapped_column(default=now)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
