"""Comments to use again: a grader's own, and those that are shared with all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from harness.services.comments import checked
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.models import Phrase, Role, User

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 200  # of one person


def usable(user: User) -> Sequence[Phrase]:
    """Those that this person may use: their own ones first, then what others share; each in the order of its text."""
    chosen = select(Phrase).where(or_(Phrase.owner_id == user.id, Phrase.shared)).options(joinedload(Phrase.owner))
    return sorted(db.session.scalars(chosen), key=lambda one: (one.owner_id != user.id, one.text.casefold()))


def find(ref: str, user: User) -> Phrase:
    """One that this person may use. Raises Refused."""
    found = next((one for one in usable(user) if one.ref == ref), None)
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such comment among those to use again.")
    return found


def keep(user: User, text: str, *, shared: bool) -> Phrase:
    """Keeps a comment to use it again; one of one's own with the same text is the one that is there. Raises Refused."""
    text = checked(text)
    with writing() as session:
        known = session.scalar(select(Phrase).where(Phrase.owner_id == user.id, Phrase.text == text))
        if known is None:
            count = select(func.count()).select_from(Phrase).where(Phrase.owner_id == user.id)
            if (session.scalar(count) or 0) >= MOST:
                raise Refused(Why.TOO_MANY, f"You keep {MOST} comments already. Remove some first.")
            known = Phrase(owner_id=user.id, text=text)
            session.add(known)
        known.shared = known.shared or shared
        session.flush()
    return known


def change(ref: str, user: User, text: str, *, shared: bool) -> Phrase:
    """Another text for one of one's own, or other readers. Raises Refused."""
    with writing() as session:
        found = _own(session, ref, user)
        found.text, found.shared = checked(text), shared
    return found


def remove(ref: str, user: User) -> None:
    """Forgets one of one's own; comments that were made of it stay. Raises Refused."""
    with writing() as session:
        session.delete(_own(session, ref, user))


def may_change(phrase: Phrase, user: User) -> bool:
    """Its owner may; and administrators what is shared."""
    return phrase.owner_id == user.id or (phrase.shared and user.role is Role.ADMINISTRATOR)


def _own(session: Session, ref: str, user: User) -> Phrase:
    found = session.scalar(select(Phrase).where(Phrase.ref == ref))
    if found is None or not (found.shared or found.owner_id == user.id):
        raise Refused(Why.UNKNOWN, "There is no such comment among those to use again.")
    if not may_change(found, user):
        raise Refused(Why.FORBIDDEN, "Somebody else shares this comment, and only they change it.")
    return found
