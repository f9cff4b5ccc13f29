"""Decisions about invited people: advance, hold or decline, with a reason. A later one takes the place of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from harness.services import attempts, hooks, results
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.hooks import HookEvent
from harness.services.lines import readable
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Choice, Decision, Invitation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

SHORTEST, LONGEST = 10, 5_000  # characters of a reason


def decide(invitation_id: int, choice: str, reason: str, by: int) -> Decision:
    """Records a decision with the scores that stand now. Raises Refused."""
    reason = readable(reason).strip()
    if choice not in list(Choice):
        raise Refused(Why.INVALID, "Choose what is decided: advance, hold or decline.")
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Refused(Why.INVALID, f"Give the reason in {SHORTEST} to {LONGEST:,} characters.")
    with writing() as session:
        invitation = session.get_one(Invitation, invitation_id)
        if invitation.erased_at is not None:
            raise Refused(Why.NOT_NOW, "This person was erased: nothing can be decided about them any more.")
        attempt = attempts.attempt_of(invitation.id)
        standing = results.standing(attempt) if attempt else None
        made = Decision(
            invitation_id=invitation.id,
            choice=Choice(choice),
            reason=reason,
            scores={"know": standing.know, "do": standing.do} if standing else {},
            by_id=by,
        )
        invitation.decided_at = invitation.decided_at or now()
        session.add(made)
        told = {"invitation": invitation.ref, "attempt": attempt.ref if attempt else None}
        hooks.tell(session, invitation.assessment, HookEvent.DECIDED, **told)
        note(session, by, f"decision.{choice}", invitation.ref, assessment=invitation.assessment.ref)
    return made


def of(invitation_id: int) -> Sequence[Decision]:
    """All decisions about somebody, the newest first."""
    chosen = select(Decision).where(Decision.invitation_id == invitation_id).order_by(Decision.id.desc())
    return db.session.scalars(chosen.options(joinedload(Decision.by))).all()


def standing_of(invitations: Collection[int]) -> Mapping[int, Decision]:
    """The decision that holds, by invitation; who has none is not in it."""
    newest = select(func.max(Decision.id)).where(Decision.invitation_id.in_(invitations))
    chosen = select(Decision).where(Decision.id.in_(newest.group_by(Decision.invitation_id)))
    return {one.invitation_id: one for one in db.session.scalars(chosen.options(joinedload(Decision.by)))}
