"""More time for one person: on clocks that have not started, on one that runs, and to start at all. It is logged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from harness.services import attempts, clocks
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import writing
from harness.store.columns import now
from harness.store.models import EventKind, Invitation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harness.store.models import Part

MOST_EXTRA = 400  # percent
MOST_MINUTES = 24 * 60  # by one deed


def standing(session: Session, invitation_id: int) -> Invitation:
    """The invitation, read behind the lock. Raises Refused where its person was erased."""
    found = session.get_one(Invitation, invitation_id)
    if found.erased_at:
        raise Refused(Why.UNKNOWN, "There is no such invitation.")
    return found


def extra_time(percent: int) -> int:
    """Raises Refused for more time than an accommodation can be."""
    if not 0 <= percent <= MOST_EXTRA:
        raise Refused(Why.INVALID, f"More time is from 0 to {MOST_EXTRA} percent.")
    return percent


def set_extra_time(invitation_id: int, percent: int, by: int) -> None:
    """An accommodation: it holds for parts that have not started. Raises Refused where all have."""
    extra_time(percent)
    with writing() as session:
        found = standing(session, invitation_id)
        attempt = attempts.attempt_of(invitation_id)
        if attempt is not None and all(clocks.clock(attempt, part) for part in clocks.parts_of(attempt)):
            raise Refused(Why.NOT_NOW, "Every part has started. To a clock that runs, add minutes.")
        note(session, by, "invitation.extra-time", found.assessment.title, invitation=found.ref, percent=percent)
        found.extra_percent = percent


def add_minutes(invitation_id: int, part: Part, minutes: int, by: int) -> datetime:
    """Moves the deadline of a clock that runs to a later moment, and gives it. Raises Refused where none runs.

    The person's timeline says so, too: they see that it was not the clock that went wrong.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(Why.INVALID, f"Add 1 to {MOST_MINUTES} minutes.")
    with writing() as session:
        found = standing(session, invitation_id)
        attempt = attempts.attempt_of(invitation_id)
        if attempt is None:
            raise Refused(Why.NOT_NOW, "Nothing has been started yet. Give more time in percent.")
        running = clocks.need_running(attempt, part)
        if running.deadline is None:
            raise Refused(Why.NOT_NOW, "This part has no limit.")
        running.deadline += timedelta(minutes=minutes)
        attempts.keep_event(session, attempt, EventKind.EXTENDED, part=part.value, minutes=minutes)
        told = {"part": part.value, "minutes": minutes, "until": running.deadline.isoformat()}
        note(session, by, "invitation.add-minutes", found.assessment.title, invitation=found.ref, **told)
        return running.deadline


def set_own_end(invitation_id: int, closes_at: datetime | None, by: int) -> None:
    """Until when this one person may start, in place of the assessment's own end; None for that. Raises Refused."""
    if closes_at is not None and closes_at <= now():
        raise Refused(Why.INVALID, "That moment has passed. Give a later one.")
    with writing() as session:
        found = standing(session, invitation_id)
        if closes_at is not None and (found.assessment.closes_at is None or closes_at <= found.assessment.closes_at):
            raise Refused(Why.INVALID, "Everybody may start until then, or later: nothing would change.")
        note(session, by, "invitation.own-end", found.assessment.title, invitation=found.ref, until=str(closes_at))
        found.closes_at = closes_at
