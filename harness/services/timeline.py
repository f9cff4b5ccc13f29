"""What an attempt's person did and when, as those read it who run the assessment. Shown, never scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.store.base import db
from harness.store.models import Event, EventKind

if TYPE_CHECKING:
    from harness.store.models import Attempt

WORDS = {
    EventKind.STARTED: "started the {part}",
    EventKind.ANSWERED: "answered",
    EventKind.FLAGGED: "flagged or unflagged",
    EventKind.SAVED: "wrote code",
    EventKind.RAN: "ran the public tests",
    EventKind.SUBMITTED: "handed in",
    EventKind.ENDED: "ended the {part}",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One event: when, at what share of the attempt's whole time (0 to 100), what kind, and in words."""

    at: datetime
    share: float
    kind: EventKind
    text: str


def of(attempt: Attempt) -> list[Moment]:
    """The attempt's events in their order."""
    events = db.session.scalars(select(Event).where(Event.attempt_id == attempt.id).order_by(Event.at, Event.id)).all()
    if not events:
        return []
    first, last = events[0].at, events[-1].at
    whole = max((last - first).total_seconds(), 1.0)
    names = _names(attempt)
    return [
        Moment(one.at, round(100 * (one.at - first).total_seconds() / whole, 2), one.kind, _text(one, names))
        for one in events
    ]


def _names(attempt: Attempt) -> dict[int, str]:
    counts: dict[str, int] = {}
    names = {}
    for item in attempt.items:
        counts[item.part] = counts.get(item.part, 0) + 1
        names[item.id] = f"{item.part.value[:-1]} {counts[item.part]}"
    return names


def _text(event: Event, names: dict[int, str]) -> str:
    text = WORDS[event.kind].format(part=event.data.get("part", "part"))
    late = " (time was up)" if event.data.get("late") else ""
    item = f", {names[event.item_id]}" if event.item_id in names else ""
    return f"{text}{item}{late}"
