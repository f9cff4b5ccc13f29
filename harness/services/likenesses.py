"""Which submissions of a task read alike: asked for on a page, worked out by the worker, read on a page.

It is shown to whoever runs the assessment, and nothing else hangs on it: no score, no order, no decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import joinedload

from harness.domain.packs import unpack
from harness.likeness.reading import is_code
from harness.services import tasks
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    AlikePair,
    Assessment,
    Attempt,
    AttemptItem,
    AttemptKind,
    Blob,
    Comparison,
    ComparisonState,
    FrozenItem,
    ItemKind,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

LEASE = timedelta(minutes=20)
MOST_TRIES = 3
MOST_CHARACTERS = 80_000  # of a file: hardly anybody writes a longer one in an hour
MOST_OF_ALL = 400_000  # of a submission
UNFINISHED = (ComparisonState.WAITING, ComparisonState.RUNNING)
GIVEN_UP = "the worker ended each time that it was tried"


def tasks_of(assessment: Assessment) -> list[FrozenItem]:
    """The tasks whose submissions can be compared, in the assessment's order."""
    return [one.frozen for one in assessment.items if one.frozen.kind is ItemKind.TASK]


def _submissions(assessment_id: int, digest: str) -> Select[Submission]:
    """What invited people handed in for a task, whether or not it counts; the first first."""
    return (
        select(Submission)
        .join(AttemptItem)
        .join(Attempt)
        .where(
            Attempt.assessment_id == assessment_id,
            Attempt.kind == AttemptKind.ASSESSMENT,
            AttemptItem.digest == digest,
            Submission.kind != SubmissionKind.PUBLIC_RUN,
        )
        .order_by(Submission.id)
    )


def ask(assessment_id: int, digest: str, by: int) -> None:
    """Has the submissions of a task compared, anew where they were before. Raises Refused."""
    with writing() as session:
        assessment = session.get_one(Assessment, assessment_id)
        if digest not in {one.digest for one in tasks_of(assessment)}:
            raise Refused(Why.UNKNOWN, "There is no such task in this assessment.")
        if _people(session, assessment_id, digest) < 2:
            raise Refused(Why.NOT_NOW, "Fewer than two people have handed in something for this task.")
        found = session.scalar(_comparison(assessment_id, digest))
        if found is None:
            found = Comparison(assessment_id=assessment_id, digest=digest)
            session.add(found)
        elif found.state in UNFINISHED:
            raise Refused(Why.NOT_NOW, "They are being compared already.")
        found.state, found.tries, found.trouble = ComparisonState.WAITING, 0, ""
        found.asked_by_id, found.asked_at = by, now()
        note(session, by, "likeness.compare", assessment.title, ref=assessment.ref, digest=digest)


def _comparison(assessment_id: int, digest: str) -> Select[Comparison]:
    return select(Comparison).where(Comparison.assessment_id == assessment_id, Comparison.digest == digest)


def _people(session: Session, assessment_id: int, digest: str) -> int:
    whose = _submissions(assessment_id, digest).with_only_columns(AttemptItem.attempt_id).order_by(None).distinct()
    return session.scalar(select(func.count()).select_from(whose.subquery())) or 0


@dataclass(frozen=True, slots=True)
class Held:
    """A comparison that is ours until the lease runs out; ``tries`` tells this try from later ones."""

    comparison: int
    tries: int


def claim() -> Held | None:
    """The next comparison to make; one that ended its worker too often is given up."""
    with writing() as session:
        lost = and_(Comparison.state == ComparisonState.RUNNING, Comparison.leased_until < now())
        wanted = select(Comparison).where(or_(Comparison.state == ComparisonState.WAITING, lost))
        for one in session.scalars(wanted.order_by(Comparison.asked_at).with_for_update(skip_locked=True)):
            if one.tries >= MOST_TRIES:
                one.state, one.trouble = ComparisonState.FAILED, GIVEN_UP
                continue
            one.state, one.tries, one.leased_until = ComparisonState.RUNNING, one.tries + 1, now() + LEASE
            return Held(one.id, one.tries)
    return None


@dataclass(frozen=True, slots=True)
class Material:
    """What is to be compared, as ``harness.likeness`` reads it, and up to which submission."""

    told: dict[str, Any]
    left_out: int
    last: int


def material(held: Held) -> Material:
    """The task's own files, and those of every submission that is not the person's earlier one once more."""
    comparison = db.session.get_one(Comparison, held.comparison)
    chosen = _submissions(comparison.assessment_id, comparison.digest).join(Blob, Blob.digest == Submission.digest)
    columns = (Submission.id, AttemptItem.attempt_id, Submission.digest, Blob.content)
    submitted, left_out, last, known = [], 0, 0, set()
    for number, attempt, digest, content in db.session.execute(chosen.with_only_columns(*columns)):
        last = number
        if (attempt, digest) not in known:
            known.add((attempt, digest))
            files, left = texts(unpack(content))
            submitted.append({"person": attempt, "submission": number, "files": files})
            left_out += left
    told = {"handed_out": texts(tasks.kit_of(comparison.task))[0], "submitted": submitted}
    db.session.rollback()  # no transaction stays open while they are compared
    return Material(told, left_out, last)


def texts(files: Mapping[str, bytes]) -> tuple[dict[str, str], int]:
    """The files with code, and how many of them can't be read or are too long; the shortest are taken first."""
    code = {path: data for path, data in files.items() if is_code(path)}
    found: dict[str, str] = {}
    room = MOST_OF_ALL
    for path, data in sorted(code.items(), key=lambda one: (len(one[1]), one[0])):
        try:
            text = data.decode().replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
        if len(text) <= min(MOST_CHARACTERS, room):
            found[path] = text
            room -= len(text)
    return found, len(code) - len(found)


def keep(held: Held, outcome: Mapping[str, Any], left_out: int, last: int) -> bool:
    """Stores what came of it, in place of what was there; False where the comparison is not ours any more.

    ``outcome`` is as ``python -m harness.likeness`` gives it. A submission that was erased meanwhile is left out.
    """
    with writing() as session:
        found = _ours(session, held)
        if found is None:
            return False
        session.execute(delete(AlikePair).where(AlikePair.comparison_id == found.id))
        named = {number for one in outcome["pairs"] for number in (one["one"], one["other"])}
        there = set(session.scalars(select(Submission.id).where(Submission.id.in_(named))))
        pairs = [one for one in outcome["pairs"] if {one["one"], one["other"]} <= there]
        session.add_all(_pair(found, position, one) for position, one in enumerate(pairs))
        found.state, found.made_at, found.last_submission = ComparisonState.DONE, now(), last
        found.people, found.too_little = outcome["people"], outcome["too_little"]
        found.bars, found.left_out = list(outcome["bars"]), left_out + outcome["left_out"]
        return True


def _ours(session: Session, held: Held) -> Comparison | None:
    found = session.get(Comparison, held.comparison)
    ours = found is not None and found.state is ComparisonState.RUNNING and found.tries == held.tries
    return found if ours else None


def _pair(comparison: Comparison, position: int, told: Mapping[str, Any]) -> AlikePair:
    names = ("one_share", "other_share", "one_lines", "other_lines")
    values = {name: told[name] for name in names}
    passages = list(told["passages"])
    return AlikePair(
        comparison=comparison,
        position=position,
        one_id=told["one"],
        other_id=told["other"],
        passages=passages,
        **values,
    )


def give_back(held: Held, trouble: str) -> None:
    """It could not be made: it is tried again, and given up after the last try."""
    with writing() as session:
        found = _ours(session, held)
        if found is not None:
            last = found.tries >= MOST_TRIES
            found.state = ComparisonState.FAILED if last else ComparisonState.WAITING
            found.trouble = trouble


@dataclass(frozen=True, slots=True)
class Shown:
    """A comparison as its page shows it. ``newer`` are submissions that came since."""

    comparison: Comparison | None
    pairs: Sequence[AlikePair]
    newer: int
    people: int

    @property
    def going_on(self) -> bool:
        return self.comparison is not None and self.comparison.state in UNFINISHED


def shown(assessment: Assessment, digest: str) -> Shown:
    """What is known about a task's submissions, in a few queries."""
    found = db.session.scalar(_comparison(assessment.id, digest).options(joinedload(Comparison.asked_by)))
    after = _submissions(assessment.id, digest).where(Submission.id > (found.last_submission if found else 0))
    newer = db.session.scalar(select(func.count()).select_from(after.subquery())) or 0
    pairs = db.session.scalars(_pairs().where(AlikePair.comparison_id == found.id)).all() if found else []
    return Shown(found, pairs, newer, _people(db.session(), assessment.id, digest))


def _pairs() -> Select[AlikePair]:
    """Pairs with whose submissions they are."""
    whose = [
        joinedload(side).joinedload(Submission.item).joinedload(AttemptItem.attempt).joinedload(Attempt.invitation)
        for side in (AlikePair.one, AlikePair.other)
    ]
    return select(AlikePair).order_by(AlikePair.position).options(*whose)


def pair(assessment: Assessment, ref: str) -> AlikePair:
    """One pair of this assessment, with the files. Raises Refused."""
    chosen = _pairs().join(Comparison).where(AlikePair.ref == ref, Comparison.assessment_id == assessment.id)
    one, other = (joinedload(side).joinedload(Submission.blob) for side in (AlikePair.one, AlikePair.other))
    blobs = (one.undefer(Blob.content), other.undefer(Blob.content))
    found = db.session.scalar(chosen.options(joinedload(AlikePair.comparison).joinedload(Comparison.task), *blobs))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such pair. Maybe the submissions were compared anew.")
    return found
