"""What people who practise keep: bookmarks, what they remember, and questions to the graders under an item."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Id, Ref
from harness.store.models.people import User


class Bookmark(Model):
    """An item that somebody wants to come back to."""

    __table_args__ = (UniqueConstraint("user_id", "item"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[Created]


class StoredCard(Model):
    """What spaced repetition knows of a person and a question that they have answered and seen explained.

    ``state`` is the scheduler's own. ``missed``: the last answer was wrong.
    """

    __table_args__ = (Index(None, "user_id", "due"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    due: Mapped[datetime]
    missed: Mapped[bool]


class Remark(Model):
    """A question to the graders under an item, or an answer to one. ``news``: its author has an answer to read."""

    id: Mapped[Id]
    ref: Mapped[Ref]
    item: Mapped[str] = mapped_column(String(200), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    author: Mapped[User] = relationship()
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id", ondelete="CASCADE"), index=True)
    replies: Mapped[list[Remark]] = relationship(order_by="Remark.id")
    text: Mapped[str] = mapped_column(Text)
    news: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
