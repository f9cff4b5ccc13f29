"""What becomes of the people of an assessment: decisions, each with its reason."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Id, choice, now
from harness.store.models.assessments import Invitation
from harness.store.models.people import User


class Choice(StrEnum):
    ADVANCE = "advance"
    HOLD = "hold"
    DECLINE = "decline"


class Decision(Model):
    """What was decided about somebody; never changed. The newest one holds, and the earlier ones stay readable.

    ``scores`` are those that stood then, by part, so that a decision can be understood after a regrade.
    """

    id: Mapped[Id]
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    invitation: Mapped[Invitation] = relationship()
    choice: Mapped[Choice] = mapped_column(choice(Choice))
    reason: Mapped[str] = mapped_column(Text)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = mapped_column(default=now)
