"""The outbox: mails with an invited person's link, made ready by the deed that invites, and sent by the worker.

A mail is a row of the same transaction as the invitation, so none is lost; one that a mail server may have taken is
never sent again unless a person says so, so none comes twice by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.extending import standing
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Invitation, Mail, MailState

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

UNDER_WAY = (MailState.WAITING, MailState.SENDING)
TROUBLED = (MailState.FAILED, MailState.UNCERTAIN)


def enqueue(session: Session, invitations: Iterable[Invitation], by: int, address: str) -> None:
    """Makes a mail ready for each, within the deed that wants them. ``address`` is how links begin."""
    session.add_all(Mail(invitation_id=one.id, by_id=by, address=address) for one in invitations)


def send_again(invitation_id: int, by: int, address: str) -> None:
    """Another mail, with a new link that ends the one before. Raises Refused."""
    with writing() as session:
        found = standing(session, invitation_id)
        if not found.email:
            raise Refused(Why.INVALID, "There is no address to send it to. Make a new link, and pass it on yourself.")
        last = session.scalar(_newest([invitation_id]))
        if last is not None and last.state in UNDER_WAY:
            raise Refused(Why.NOT_NOW, "A mail is on its way already.")
        found.revoked_at = None
        enqueue(session, [found], by, address)
        note(session, by, "invitation.mail", found.assessment.title, invitation=found.ref)


def drop_waiting(session: Session, invitation_id: int) -> None:
    """What was not sent yet is not sent any more: its link was withdrawn, or another one was made."""
    waiting = update(Mail).where(Mail.invitation_id == invitation_id, Mail.state == MailState.WAITING)
    session.execute(waiting.values(state=MailState.DROPPED, finished_at=now()))


def last_of(invitations: Collection[int]) -> Mapping[int, Mail]:
    """The newest mail of each of these invitations, without those that have none."""
    return {one.invitation_id: one for one in db.session.scalars(_newest(invitations))}


def troubled(assessment_id: int) -> int:
    """To how many invited people no mail went, as far as is known, though one was to."""
    mine = select(Invitation.id).where(
        Invitation.assessment_id == assessment_id, Invitation.revoked_at.is_(None), Invitation.erased_at.is_(None)
    )
    newest = _newest(mine).where(Mail.state.in_(TROUBLED), Mail.invitation_id.in_(mine))
    return db.session.scalar(select(func.count()).select_from(newest.subquery())) or 0


def _newest(invitations: Collection[int] | Select[int]) -> Select[Mail]:
    numbers = select(func.max(Mail.id)).where(Mail.invitation_id.in_(invitations)).group_by(Mail.invitation_id)
    return select(Mail).where(Mail.id.in_(numbers))
