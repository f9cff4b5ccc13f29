"""Parts and their clocks. Only the server's clock counts; a deadline that runs is moved by ``extending`` alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from harness.services import dealing
from harness.services.errors import Refused, Why
from harness.store.columns import now
from harness.store.models import Attempt, AttemptPart, Part

if TYPE_CHECKING:
    from harness.store.models import Assessment, Invitation


def minutes_for(assessment: Assessment, invitation: Invitation, part: Part) -> int:
    """How long a part takes at most, an accommodation included; rounded up to whole minutes."""
    minutes = assessment.question_minutes if part is Part.QUESTIONS else assessment.task_minutes
    return -(-minutes * (100 + invitation.extra_percent) // 100)


def closes_at(invitation: Invitation) -> datetime | None:
    """Until when the person may start a part: the assessment's end, or their own where it is later; None for ever."""
    common, own = invitation.assessment.closes_at, invitation.closes_at
    return max(common, own) if common and own else common


def closed(invitation: Invitation) -> bool:
    """Whether that moment has passed."""
    end = closes_at(invitation)
    return end is not None and now() >= end


def parts_of(attempt: Attempt) -> list[Part]:
    """The parts that have items, in the order in which they are offered."""
    present = {item.part for item in attempt.items}
    return [part for part in Part if part in present]


def offered(assessment: Assessment) -> dict[Part, int]:
    """How many items each part of an assessment has for one person; a part without any is left out."""
    return dealing.offered(assessment)


def clock(attempt: Attempt, part: Part) -> AttemptPart | None:
    """The part's clock, or None where it has not started."""
    return next((one for one in attempt.parts if one.part is part), None)


def over(one: AttemptPart) -> bool:
    """Whether nothing of the part can be changed any more."""
    return one.ended_at is not None or (one.deadline is not None and now() >= one.deadline)


def need_running(attempt: Attempt, part: Part) -> AttemptPart:
    """The part's clock, which runs. Raises Refused."""
    running = clock(attempt, part)
    if running is None:
        raise Refused(Why.NOT_NOW, "This part has not been started yet.")
    if over(running):
        raise Refused(Why.NOT_NOW, "The time for this part is over. What was saved before counts.")
    return running


def start(attempt: Attempt, part: Part, minutes: int | None) -> None:
    """Starts the clock of a part that has none yet; with None for minutes it never runs out."""
    moment = now()
    deadline = None if minutes is None else moment + timedelta(minutes=minutes)
    attempt.parts.append(AttemptPart(part=part, started_at=moment, deadline=deadline))
