"""Assessments: what is asked, under which rules, and of whom."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.domain.content import Domain, Level, Pool
from harness.store.base import Model
from harness.store.columns import Created, Digest, Id, Ref, choice, new_alias, new_ref
from harness.store.models.people import User

if TYPE_CHECKING:
    from harness.store.models.grades import GradeRules

CURRENT = text("current")  # of all versions of one thing, one at most


class ItemKind(StrEnum):
    QUESTION = "question"
    TASK = "task"


class AssessmentState(StrEnum):
    """A draft changes; publishing freezes its items, and nothing of it changes any more."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class AiRule(StrEnum):
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    DECLARED = "declared"


class ReportPolicy(StrEnum):
    """What a candidate gets to read when all is over."""

    NONE = "none"
    SCORES = "scores"
    FULL = "full"


class Counts(StrEnum):
    """Which of a task's submissions counts."""

    BEST = "best"
    LAST = "last"


class StoredTopic(Model):
    """A topic as it is now: its concepts, and the misconceptions that reports can name. ``content`` is JSON."""

    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    domain: Mapped[Domain] = mapped_column(choice(Domain), index=True)
    order: Mapped[int]
    content: Mapped[str] = mapped_column(Text, deferred=True)


class ContentRoot(Model):
    """Where content is taken from: assay's own, and an employer's beside it. ``place`` is a folder of the server's."""

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    place: Mapped[str] = mapped_column(String(500))
    public: Mapped[bool]
    taken_at: Mapped[Created]


class FrozenItem(Model):
    """A question or a task as it was when it was taken into the catalogue; its content is never changed.

    ``content`` is what a candidate may see at once: a question without its key, a task's public half. The rest is
    ``FrozenSecret``, apart, so that no query for a candidate's page can bring it along. ``current`` are the versions
    that new attempts and assessments are made of.
    """

    __table_args__ = (
        Index("ix_frozen_item_current", "kind", "item", unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT),
        Index("ix_frozen_item_choice", "current", "kind", "topic_slug", "level"),
    )

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind))
    item: Mapped[str] = mapped_column(String(200))  # topic/slug
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    topic_slug: Mapped[str] = mapped_column(ForeignKey("stored_topic.slug"))
    topic: Mapped[StoredTopic] = relationship()
    level: Mapped[Level] = mapped_column(choice(Level))
    pool: Mapped[Pool] = mapped_column(choice(Pool))
    minutes: Mapped[int | None]  # of a task
    concepts: Mapped[list[str]] = mapped_column(default=list)  # that a question is about, or a task gives points for
    current: Mapped[bool]
    public: Mapped[bool]  # whether it comes with assay, where everyone can read it
    root: Mapped[str] = mapped_column(String(100), default="")  # the content that it stands in, by ContentRoot's name
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    kit: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # of a task: what its candidate gets
    created_at: Mapped[Created]
    secret: Mapped[FrozenSecret | None] = relationship(back_populates="item", lazy="raise")


class FrozenSecret(Model):
    """A question's key and explanations, or a task's hidden tests and what its references must score."""

    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    item: Mapped[FrozenItem] = relationship(back_populates="secret")


class Assessment(Model):
    """One assessment: a blueprint while it is a draft, then frozen items with weights."""

    __table_args__ = (
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark"),
        CheckConstraint("know_share BETWEEN 1 AND 99", name="know_share"),
        CheckConstraint("most_submissions > 0", name="most_submissions"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name="window"),
    )

    id: Mapped[Id]
    ref: Mapped[Ref]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    owner: Mapped[User] = relationship()
    title: Mapped[str] = mapped_column(String(200))
    welcome: Mapped[str] = mapped_column(Text, default="")  # Markdown
    state: Mapped[AssessmentState] = mapped_column(choice(AssessmentState), default=AssessmentState.DRAFT)
    blueprint: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seed: Mapped[str] = mapped_column(String(32), default=new_ref)
    own_draw: Mapped[bool] = mapped_column(default=False)  # each person gets a draw of their own by the blueprint
    question_minutes: Mapped[int] = mapped_column(default=45)
    task_minutes: Mapped[int] = mapped_column(default=60)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    ai_rule: Mapped[AiRule] = mapped_column(choice(AiRule), default=AiRule.DECLARED)
    report_policy: Mapped[ReportPolicy] = mapped_column(choice(ReportPolicy), default=ReportPolicy.FULL)
    most_submissions: Mapped[int] = mapped_column(default=3)
    counts: Mapped[Counts] = mapped_column(choice(Counts), default=Counts.BEST)
    pass_mark: Mapped[int | None]
    know_share: Mapped[int | None]  # percent of a joint score; None where the two are not weighed against each other
    names_hidden: Mapped[bool] = mapped_column(default=False)  # of whom nothing is decided about yet
    created_at: Mapped[Created]
    published_at: Mapped[datetime | None]
    image_digest: Mapped[str] = mapped_column(String(100), default="")
    libraries: Mapped[dict[str, Any]] = mapped_column(default=dict)
    items: Mapped[list[AssessmentItem]] = relationship(
        back_populates="assessment", order_by="AssessmentItem.position", cascade="all, delete-orphan"
    )
    invitations: Mapped[list[Invitation]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    grade_rules: Mapped[GradeRules | None] = relationship(back_populates="assessment", cascade="all, delete-orphan")


class AssessmentItem(Model):
    """One frozen item of an assessment, and how much it weighs."""

    __table_args__ = (
        UniqueConstraint("assessment_id", "position"),
        UniqueConstraint("assessment_id", "digest"),
        CheckConstraint("weight > 0", name="weight"),
    )

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    assessment: Mapped[Assessment] = relationship(back_populates="items")
    position: Mapped[int]
    digest: Mapped[Digest] = mapped_column(ForeignKey("frozen_item.digest"), index=True)
    frozen: Mapped[FrozenItem] = relationship(lazy="joined", innerjoin=True)
    weight: Mapped[int] = mapped_column(default=1)
    cell: Mapped[str] = mapped_column(String(40), default="")  # of what it is drawn from; nothing: everybody gets it


class Invitation(Model):
    """One person's link to one assessment."""

    __table_args__ = (CheckConstraint("extra_percent >= 0", name="extra_percent"),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    assessment: Mapped[Assessment] = relationship(back_populates="invitations")
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254), default="")
    alias: Mapped[str] = mapped_column(String(12), default=new_alias)  # what they are called while names are hidden
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    key: Mapped[str | None] = mapped_column(String(64))  # names the click that made it
    extra_percent: Mapped[int] = mapped_column(default=0)  # an accommodation: more time on every clock
    closes_at: Mapped[datetime | None]  # until when this person may start, in place of the assessment's own end
    created_at: Mapped[Created]
    opened_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]  # when something was decided about them first
    revoked_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
