"""What an attempt's person did and when, as those read it who run the assessment. Shown, never scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.services import clocks
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import Event, EventKind, Part

if TYPE_CHECKING:
    from harness.store.models import Attempt, AttemptPart

LETTERS = "ABCDEFGHIJ"
WORDS = {
    EventKind.STARTED: "started the {part}",
    EventKind.FLAGGED: "{flagged} {item}",
    EventKind.SAVED: "wrote in {item}",
    EventKind.RAN: "ran the public tests of {item}",
    EventKind.SUBMITTED: "handed in {item}",
    EventKind.ENDED: "ended the {part}",
    EventKind.EXTENDED: "was given {minutes} more minutes for the {part}",
}
LANES = {
    Part.QUESTIONS: {"Answers": {EventKind.ANSWERED}, "Flags": {EventKind.FLAGGED}},
    Part.TASKS: {
        "Writing": {EventKind.SAVED},
        "Public tests": {EventKind.RAN},
        "Handed in": {EventKind.SUBMITTED},
    },
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One event, or several alike in a row: when the first was, in words, and how many."""

    at: datetime
    text: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of event within a part; each mark is the share of the part's time at which one was, 0 to 100."""

    label: str
    marks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part from its start to its end, or to now; ``used`` and ``allowed`` are minutes, the latter None for none."""

    part: Part
    started_at: datetime
    until: datetime
    over: bool
    used: int
    allowed: int | None
    lanes: tuple[Lane, ...]


def events_of(attempt: Attempt) -> Sequence[Event]:
    """In their order."""
    chosen = select(Event).where(Event.attempt_id == attempt.id).order_by(Event.at, Event.id)
    return db.session.scalars(chosen).all()


def moments(attempt: Attempt, events: Sequence[Event]) -> list[Moment]:
    """The events in words."""
    counts: dict[Part, int] = {}
    names, shown = {}, {}
    for item in attempt.items:
        counts[item.part] = counts.get(item.part, 0) + 1
        names[item.id] = f"{item.part.value[:-1]} {counts[item.part]}"
        shown[item.id] = item.shown
    told: list[Moment] = []
    for one in events:
        text = _text(one, names, shown.get(one.item_id or 0, []))
        if told and told[-1].text == text:
            told[-1] = replace(told[-1], times=told[-1].times + 1)
        else:
            told.append(Moment(one.at, text))
    return told


def _text(event: Event, names: Mapping[int, str], shown: Sequence[str]) -> str:
    item = names.get(event.item_id or 0, "a part of it")
    late = " when the time was up" if event.data.get("late") else ""
    if event.data.get("uploaded"):
        return f"{item} was uploaded in their name"
    if event.kind is EventKind.ANSWERED:
        letters = [LETTERS[shown.index(one)] for one in event.data.get("chosen", []) if one in shown]
        return f"answered {item} with {', '.join(letters)}" if letters else f"took back the answer to {item}"
    flagged = "flagged" if event.data.get("flagged") else "unflagged"
    told = {"part": "part", "minutes": "some", **event.data, "item": item, "flagged": flagged}
    return WORDS[event.kind].format(**told) + late


def stretches(attempt: Attempt, events: Sequence[Event]) -> list[Stretch]:
    """The attempt's parts in the order in which they were started."""
    parts = {item.id: item.part for item in attempt.items}
    return [
        _stretch(clock, [one for one in events if parts.get(one.item_id or 0) is clock.part])
        for clock in sorted(attempt.parts, key=lambda one: one.started_at)
    ]


def _stretch(clock: AttemptPart, events: Sequence[Event]) -> Stretch:
    over = clocks.over(clock)
    until = clock.ended_at or (clock.deadline if over and clock.deadline else now())
    whole = max((until - clock.started_at).total_seconds(), 1.0)

    def share(event: Event) -> float:
        return round(min(max(100 * (event.at - clock.started_at).total_seconds() / whole, 0.0), 100.0), 2)

    return Stretch(
        part=clock.part,
        started_at=clock.started_at,
        until=until,
        over=over,
        used=-(-int(whole) // 60),
        allowed=round((clock.deadline - clock.started_at).total_seconds() / 60) if clock.deadline else None,
        lanes=tuple(
            Lane(label, tuple(share(one) for one in events if one.kind in kinds))
            for label, kinds in LANES[clock.part].items()
            if any(one.kind in kinds for one in events)
        ),
    )
