"""Invitations: who may take a published assessment, and by which link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.services import mailing
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.extending import standing
from harness.services.invitees import Invitee, judged, need_fitting, read_lines, read_list
from harness.services.tokens import new_token, token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Assessment, AssessmentState, Invitation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["Invitee", "invitation_of", "invite", "new_link", "preview", "read_list", "revoke"]

MOST_INVITED = 500  # by one deed
LONGEST_KEY = 64


def preview(assessment_id: int, text: str) -> list[Invitee]:
    """The people of a list as they would be invited, with what does not fit of each. Raises Refused for none."""
    people = judged(read_lines(text), _known(db.session(), assessment_id))
    _need_some(people)
    return people


def _need_some(people: Sequence[Invitee]) -> None:
    if not 1 <= len(people) <= MOST_INVITED:
        raise Refused(Why.INVALID, f"Invite 1 to {MOST_INVITED} people at once.")


def invite(
    assessment_id: int, people: Sequence[Invitee], by: int, key: str | None = None, mail_from: str = ""
) -> list[tuple[Invitation, str]]:
    """Invites people; gives each one's invitation and token, which is shown once and stored nowhere. Raises Refused.

    ``key`` names the click: a second one by the same name invites nobody. With ``mail_from``, which is how links begin,
    a mail is made ready in the same transaction for who has an address; these people's tokens are empty, since whoever
    sends the mail makes them.
    """
    _need_some(people)
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is not AssessmentState.PUBLISHED:
            raise Refused(Why.NOT_NOW, "People can be invited to a published assessment only.")
        _need_new_click(session, found, key)
        checked = judged(people, _known(session, assessment_id))
        need_fitting(checked)
        made = []
        for one in checked:
            token = new_token()
            invitation = Invitation(
                name=one.name,
                email=one.email,
                extra_percent=one.extra_percent,
                token_digest=token_digest(token),
                key=key and key[:LONGEST_KEY],
            )
            found.invitations.append(invitation)
            made.append((invitation, "" if mail_from and one.email else token))
        session.flush()
        mailing.enqueue(session, [one for one, token in made if not token], by, mail_from)
        note(session, by, "invitation.create", found.title, ref=found.ref, invitations=[one.ref for one, _ in made])
    return made


def _need_new_click(session: Session, found: Assessment, key: str | None) -> None:
    same = select(Invitation).where(Invitation.assessment_id == found.id, Invitation.key == (key or "")[:LONGEST_KEY])
    if key and session.scalar(same.limit(1)):
        raise Refused(
            Why.CONFLICT, "These people are invited already, and their links were shown then. Who lost one gets a new."
        )


def _known(session: Session, assessment_id: int) -> set[str]:
    """The addresses whose link works."""
    active = select(Invitation.email).where(
        Invitation.assessment_id == assessment_id,
        Invitation.email != "",
        Invitation.revoked_at.is_(None),
        Invitation.erased_at.is_(None),
    )
    return set(session.scalars(active))


def invitation_of(assessment: Assessment, ref: str) -> Invitation:
    """One of its invitations. Raises Refused."""
    found = db.session.scalar(
        select(Invitation).where(
            Invitation.ref == ref, Invitation.assessment_id == assessment.id, Invitation.erased_at.is_(None)
        )
    )
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such invitation.")
    return found


def revoke(invitation_id: int, by: int) -> None:
    """The link works no more, also for who has begun; what they did stays. Raises Refused."""
    with writing() as session:
        found = standing(session, invitation_id)
        found.revoked_at = found.revoked_at or now()
        mailing.drop_waiting(session, found.id)
        note(session, by, "invitation.revoke", found.assessment.title, invitation=found.ref)


def new_link(invitation_id: int, by: int) -> str:
    """A new token for the same person; the old link ends. Raises Refused."""
    token = new_token()
    with writing() as session:
        found = standing(session, invitation_id)
        found.token_digest, found.revoked_at = token_digest(token), None
        mailing.drop_waiting(session, found.id)
        note(session, by, "invitation.new-link", found.assessment.title, invitation=found.ref)
    return token
