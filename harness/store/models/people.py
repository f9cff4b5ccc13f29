"""Accounts, and the links that let somebody in once."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Digest, Id, Ref, choice


class Role(StrEnum):
    """What an account may do. A candidate's practises; invited people need no account at all."""

    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"
    GRADER = "grader"
    ADMINISTRATOR = "administrator"


class Purpose(StrEnum):
    """What a one-time link is for."""

    FIRST_ADMINISTRATOR = "first-administrator"
    SET_PASSWORD = "set-password"  # noqa: S105


class User(Model):
    """Somebody with an account. ``email`` is kept in small letters: the same mailbox is the same account."""

    id: Mapped[Id]
    ref: Mapped[Ref]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[Role] = mapped_column(choice(Role))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    sessions: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))
    created_at: Mapped[Created]
    disabled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class OneTimeLink(Model):
    """A link that was given out. Only the token's digest is kept, so that whoever reads the table can use none."""

    id: Mapped[Id]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    user: Mapped[User | None] = relationship()
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
