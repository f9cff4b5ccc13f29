"""Tokens by which programs come in, each for one account or one invited person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Digest, Id, Ref
from harness.store.models.assessments import Invitation
from harness.store.models.people import User


class ApiToken(Model):
    """A program's key. Only its digest is kept. ``scopes`` say what it may do; whose things it reaches, its owner.

    An invited person's is for handing in at their one attempt, and nothing else.
    """

    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (invitation_id IS NULL)", name="whose"),)

    id: Mapped[Id]
    ref: Mapped[Ref]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    user: Mapped[User | None] = relationship()
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    invitation: Mapped[Invitation | None] = relationship()
    name: Mapped[str] = mapped_column(String(100))
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
