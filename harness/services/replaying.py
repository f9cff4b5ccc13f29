"""What somebody wrote, step by step: saves of the editor, runs of the public tests, submissions. Never scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.domain.packs import unpack
from harness.services import tasks
from harness.store.base import db
from harness.store.models import Blob, Event, EventKind, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.store.models import AttemptItem

WORDS = {EventKind.SAVED: "saved", EventKind.RAN: "ran the public tests", EventKind.SUBMITTED: "handed in"}


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of which the files are kept, under ``digest``."""

    at: datetime
    words: str
    digest: str


def steps(item: AttemptItem) -> list[Step]:
    """A task's steps in their order; a moment whose files are not there any more is left out."""
    chosen = select(Event).where(Event.item_id == item.id, Event.kind.in_(WORDS)).order_by(Event.at, Event.id)
    digests = _handed_in(item)
    found = []
    for event in db.session.scalars(chosen):
        saved = event.kind is EventKind.SAVED
        digest = event.data.get("blob") if saved else digests.get(event.data.get("number", 0))
        if digest:
            found.append(Step(event.at, WORDS[event.kind], digest))
    return found


def _handed_in(item: AttemptItem) -> Mapping[int, str]:
    rows = select(Submission.number, Submission.digest).where(Submission.item_id == item.id)
    return {row.number: row.digest for row in db.session.execute(rows)}


def files_before(item: AttemptItem, found: list[Step], place: int) -> Mapping[str, str]:
    """The files of the step before this place; what one begins with before the first."""
    if place == 0:
        return dict(tasks.view(item.frozen).files)
    files = unpack(packed(found[place - 1]))
    return {path: data.decode("utf-8", "backslashreplace") for path, data in files.items()}


def packed(step: Step) -> bytes:
    """The step's files."""
    return db.session.get_one(Blob, step.digest).content
