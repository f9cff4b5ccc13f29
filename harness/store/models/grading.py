"""What graders write: comments on what was handed in, and comments that they keep to use again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Id, Ref
from harness.store.models.attempts import Submission
from harness.store.models.people import User


class Comment(Model):
    """A word on some lines of a submission, or with an empty ``path`` on all of it.

    Until it is published only the staff reads it.
    """

    __table_args__ = (
        CheckConstraint("(path = '' AND first = 0 AND last = 0) OR (path <> '' AND first > 0)", name="place"),
        CheckConstraint("first <= last", name="lines"),
    )

    id: Mapped[Id]
    ref: Mapped[Ref]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    submission: Mapped[Submission] = relationship()
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    author: Mapped[User] = relationship()
    path: Mapped[str] = mapped_column(String(400), default="")
    first: Mapped[int] = mapped_column(default=0)  # line, counted from 1
    last: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
    changed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]


class Phrase(Model):
    """A comment to use again: of one grader, or ``shared`` with all."""

    id: Mapped[Id]
    ref: Mapped[Ref]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # None: was erased
    owner: Mapped[User | None] = relationship()
    shared: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
