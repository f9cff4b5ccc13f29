"""Names that can be hidden until a decision, or until grades are published: what staff read instead of a person's name.

A pseudonym is drawn when somebody is invited, tells nothing of the name or the order, and stays the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, literal, not_, or_, select

from harness.services.audit import note
from harness.store.base import writing
from harness.store.models import Assessment, GradeRules, Invitation

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from harness.store.models import Attempt

PSEUDONYM = "Candidate "


def hidden(invitation: Invitation) -> bool:
    """Whether this person's name and address are not to be shown yet."""
    assessment = invitation.assessment
    if not assessment.names_hidden or invitation.decided_at is not None:
        return False
    return assessment.grade_rules is None or assessment.grade_rules.published_at is None


def has_in_name(text: str) -> ColumnElement[bool]:
    """Which invitations are shown with this in their name: what is hidden is not looked at, nor told by being found."""
    published = select(GradeRules.assessment_id).where(GradeRules.published_at.is_not(None))
    hiding = select(Assessment.id).where(Assessment.names_hidden, Assessment.id.not_in(published))
    out_of_sight = and_(Invitation.assessment_id.in_(hiding), Invitation.decided_at.is_(None))
    pseudonym = literal(PSEUDONYM) + Invitation.alias
    return or_(
        and_(out_of_sight, pseudonym.icontains(text, autoescape=True)),
        and_(not_(out_of_sight), Invitation.name.icontains(text, autoescape=True)),
    )


def shown_name(invitation: Invitation | None) -> str:
    """What to call somebody before those who judge; nothing for who was not invited."""
    if invitation is None:
        return ""
    return f"{PSEUDONYM}{invitation.alias}" if hidden(invitation) else invitation.name


def shown_email(invitation: Invitation) -> str:
    return "" if hidden(invitation) else invitation.email


def name_of(attempt: Attempt) -> str:
    """The same for whose attempt it is."""
    return shown_name(attempt.invitation)


def hide_names(assessment_id: int, by: int, *, hide: bool) -> None:
    """Hides the names of those about whom nothing is decided yet, or shows them again."""
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.names_hidden is not hide:
            found.names_hidden = hide
            note(session, by, "assessment.hide-names" if hide else "assessment.show-names", found.title, ref=found.ref)
