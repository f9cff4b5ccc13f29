"""Mails that wait to be sent, are sent, or could not be."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Id, Ref, choice, now
from harness.store.models.assessments import Invitation
from harness.store.models.people import User


class MailState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # somebody is at it, until the lease runs out
    SENT = "sent"  # the mail server has taken it
    UNCERTAIN = "uncertain"  # it broke off when the server may have taken it already: nobody sends it again unasked
    FAILED = "failed"
    DROPPED = "dropped"  # the link was withdrawn, or another was made, before it was sent


class Mail(Model):
    """The letter with an invited person's link. Neither the link nor the letter stands here.

    Who sends it makes a new token at that moment, so that the store has no more of a link than its digest; the address
    is read from the invitation, so that nothing of a person is left here when they are erased.
    """

    __table_args__ = (Index(None, "state", "not_before", "id"),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    invitation: Mapped[Invitation] = relationship()
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()  # who gets the answers
    address: Mapped[str] = mapped_column(String(500))  # how links begin; the token follows
    state: Mapped[MailState] = mapped_column(choice(MailState), default=MailState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(default=now)
    leased_until: Mapped[datetime | None]
    created_at: Mapped[Created]
    finished_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(String(500), default="")
