"""Webhooks: addresses that are told what happens, and what is still to be told. An event and its messages are one
transaction: none is lost, and none is about something that did not happen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Id, Ref, now
from harness.store.models.people import User


class Webhook(Model):
    """An address of somebody's program. ``secret`` signs each message, so it can't be a digest."""

    id: Mapped[Id]
    ref: Mapped[Ref]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship()
    url: Mapped[str] = mapped_column(String(500))
    secret: Mapped[str] = mapped_column(String(64))
    events: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[Created]


class Delivery(Model):
    """One message to one address, tried until it arrives or is given up."""

    __table_args__ = (Index(None, "due_at"),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"), index=True)
    webhook: Mapped[Webhook] = relationship()
    event: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None] = mapped_column(default=now)  # None when it has arrived or is given up
    arrived_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(300), default="")
