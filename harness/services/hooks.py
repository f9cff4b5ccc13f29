"""Webhooks: who is told what. Messages are written with the event that they tell of, and sent by the worker.

A message names things by their ref and holds no score: whoever gets it asks the API, which knows what they may read.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import new_ref, now
from harness.store.models import Assessment, Delivery, Role, User, Webhook

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

MOST, LONGEST_URL, SHOWN = 10, 500, 50
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))  # between two tries
LEASE = timedelta(minutes=2)  # how long nobody else tries what one worker is sending


class HookEvent(StrEnum):
    """What can be told."""

    STARTED = "attempt.started"
    ENDED = "attempt.ended"
    GRADED = "submission.graded"
    REGRADED = "assessment.regraded"  # or a regrade rolled back
    DECIDED = "decision.made"


def create(user: User, url: str, events: Collection[str]) -> Webhook:
    """A new webhook, whose secret is shown once. Raises Refused."""
    url = url.strip()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(url) > LONGEST_URL:
        raise Refused(Why.INVALID, "Give a whole address, such as https://hr.example.org/assay.")
    chosen = [one.value for one in HookEvent if one.value in events]
    if not chosen or len(chosen) != len(set(events)):
        raise Refused(Why.INVALID, "Choose what it is told of.")
    with writing() as session:
        if len(of_user(user.id)) >= MOST:
            raise Refused(Why.TOO_MANY, f"You have {MOST} webhooks. Delete one first.")
        made = Webhook(user_id=user.id, url=url, secret=secrets.token_hex(32), events=chosen)
        session.add(made)
        session.flush()
        note(session, user.id, "webhook.create", made.ref, host=parts.hostname, events=chosen)
    return made


def of_user(user_id: int) -> Sequence[Webhook]:
    """Somebody's webhooks, the oldest first."""
    return db.session.scalars(select(Webhook).where(Webhook.user_id == user_id).order_by(Webhook.id)).all()


def own(user_id: int, ref: str) -> Webhook:
    """One of them. Raises Refused."""
    found = db.session.scalar(select(Webhook).where(Webhook.ref == ref, Webhook.user_id == user_id))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such webhook.")
    return found


def delete(user_id: int, ref: str) -> None:
    """Tells it nothing any more; what was still to be told goes with it. Raises Refused."""
    with writing() as session:
        found = own(user_id, ref)
        note(session, user_id, "webhook.delete", ref, host=urlsplit(found.url).hostname)
        session.delete(found)


def deliveries(user_id: int) -> Sequence[Delivery]:
    """The newest messages to somebody's webhooks."""
    chosen = select(Delivery).join(Webhook).where(Webhook.user_id == user_id).options(joinedload(Delivery.webhook))
    return db.session.scalars(chosen.order_by(Delivery.id.desc()).limit(SHOWN)).all()


def send_again(user_id: int, ref: str) -> None:
    """Has a message sent once more, from the beginning of its pauses. Raises Refused."""
    with writing() as session:
        chosen = select(Delivery).join(Webhook).where(Delivery.ref == ref, Webhook.user_id == user_id)
        found = session.scalar(chosen)
        if found is None:
            raise Refused(Why.UNKNOWN, "There is no such message.")
        found.tries, found.due_at, found.outcome = 0, now(), ""


def tell(session: Session, assessment: Assessment | None, event: HookEvent, **names: str | None) -> None:
    """Writes what is to be told of an event, within the deed that it tells of: to the assessment's owner, and to
    administrators. ``names`` are refs."""
    if assessment is None:
        return
    mine = or_(Webhook.user_id == assessment.owner_id, User.role == Role.ADMINISTRATOR)
    wanted = select(Webhook).join(User).where(mine, User.disabled_at.is_(None))
    for hook in session.scalars(wanted):
        if event.value in hook.events:
            ref = new_ref()
            told = {"id": ref, "event": event.value, "at": now().isoformat(timespec="seconds")}
            body = json.dumps({**told, "assessment": assessment.ref, **names})
            session.add(Delivery(ref=ref, webhook_id=hook.id, event=event.value, body=body))


def claim() -> Delivery | None:
    """The next message that is due, leased to whoever asked; None where there is none."""
    with writing() as session:
        chosen = select(Delivery).where(Delivery.due_at <= now()).order_by(Delivery.due_at).limit(1)
        found = session.scalar(chosen.with_for_update(skip_locked=True).options(joinedload(Delivery.webhook)))
        if found is not None:
            found.tries += 1
            found.due_at = now() + LEASE
    return found


def settle(delivery_id: int, outcome: str, *, arrived: bool) -> None:
    """What came of sending it: it has arrived, or it is due again after a pause that grows, or is given up."""
    with writing() as session:
        found = session.get(Delivery, delivery_id)
        if found is None:
            return
        found.outcome = outcome[:300]
        if arrived:
            found.arrived_at, found.due_at = now(), None
        else:
            found.due_at = now() + PAUSES[found.tries - 1] if found.tries <= len(PAUSES) else None
