"""What an assessment can be begun with: a blueprint and rules that somebody has saved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from harness.store.base import Model
from harness.store.columns import Created, Id, Ref
from harness.store.models.people import User


class Template(Model):
    """A saved ``plan``, as ``services.plans`` writes it. ``shared``: everybody who makes assessments may use it."""

    id: Mapped[Id]
    ref: Mapped[Ref]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    owner: Mapped[User] = relationship()
    title: Mapped[str] = mapped_column(String(200))
    shared: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[Created]
