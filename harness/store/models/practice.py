"""What people who practise keep: bookmarks, and questions to the graders under an item."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Id
from harness.store.models.people import User


class Bookmark(Model):
    """An item that somebody wants to come back to."""

    __table_args__ = (UniqueConstraint("user_id", "item"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[Created]


class Remark(Model):
    """A question to the graders under an item, or an answer to one."""

    id: Mapped[Id]
    item: Mapped[str] = mapped_column(String(200), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    author: Mapped[User] = relationship()
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id", ondelete="CASCADE"), index=True)
    replies: Mapped[list[Remark]] = relationship(order_by="Remark.id")
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
