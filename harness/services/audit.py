"""The log of who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.store.models import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def note(session: Session, actor_id: int | None, action: str, subject: str, **details: Any) -> None:
    """Writes one line, in the transaction of the deed itself: either both are kept or neither."""
    session.add(AuditEntry(actor_id=actor_id, action=action, subject=subject[:300], details=details))
