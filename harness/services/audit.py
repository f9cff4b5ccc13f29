"""The log of who did what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from harness.store.base import db
from harness.store.models import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def note(session: Session, actor_id: int | None, action: str, subject: str, **details: Any) -> None:
    """Writes one line, in the transaction of the deed itself: either both are kept or neither."""
    session.add(AuditEntry(actor_id=actor_id, action=action, subject=subject[:300], details=details))


def newest(before: int | None, limit: int = 50) -> Sequence[AuditEntry]:
    """The lines of the log, the newest first; ``before`` is the id of the last line that was seen."""
    chosen = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(AuditEntry.id < before)
    return db.session.scalars(chosen).all()
