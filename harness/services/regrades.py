"""Regrades of an assessment: tried in a dry run that counts for nothing, then applied; rolled back where it must be.

What people were asked, answered and handed in never changes. Submissions are graded by the worker, as always; an answer
is looked at with another key, for which nothing has to run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import joinedload, selectinload

from harness.services import counting, hooks
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.handing_in import SECOND
from harness.services.hooks import HookEvent
from harness.services.lines import readable
from harness.services.regrade_offers import Change, Offer, handed_in, offers
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    UNFINISHED,
    Assessment,
    AssessmentState,
    AttemptItem,
    FrozenItem,
    Job,
    JobKind,
    Regrade,
    RegradeItem,
    RegradeState,
    Result,
    Submission,
)

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from harness.services.counting import View

LAST = 30  # the priority of dry runs: nobody who waits for a result waits for them
SHORTEST, LONGEST = 10, 5_000  # characters of a reason
UNKNOWN = "There is no such regrade."
NOT_ALL = "Some submissions are not judged in this dry run. Have them graded as well first."
BUSY = "Submissions of these tasks are being graded just now. Try again when they are done."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a dry run is, in submissions: all, those that are judged, and those that wait for it or run.

    ``ordinary`` are gradings of the same items that are going on apart from it.
    """

    whole: int
    done: int
    waiting: int
    ordinary: int

    @property
    def missing(self) -> int:
        """Those that came in since it began, and those that could not be judged by a fault of ours."""
        return self.whole - self.done - self.waiting


def of_assessment(assessment: Assessment) -> Sequence[Regrade]:
    """All of an assessment, the newest first."""
    chosen = select(Regrade).where(Regrade.assessment_id == assessment.id).order_by(Regrade.id.desc())
    return db.session.scalars(chosen.options(*_WITH)).all()


def find(assessment: Assessment, ref: str) -> Regrade:
    """One of an assessment. Raises Refused."""
    chosen = select(Regrade).where(Regrade.assessment_id == assessment.id, Regrade.ref == ref)
    found = db.session.scalar(chosen.options(*_WITH))
    if found is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


_ITEMS = selectinload(Regrade.items)
_WITH = (
    _ITEMS.joinedload(RegradeItem.before).joinedload(FrozenItem.topic),
    _ITEMS.joinedload(RegradeItem.after),
    joinedload(Regrade.started_by),
    joinedload(Regrade.decided_by),
    joinedload(Regrade.undone_by),
)


def submissions_of(regrade: Regrade) -> Select[int]:
    """The submissions that it grades."""
    return handed_in(regrade.assessment_id, [one.digest for one in regrade.items])


def judged(regrade: Regrade) -> set[int]:
    """The submissions that its dry run has judged."""
    return set(db.session.scalars(select(Result.submission_id).where(Result.regrade_id == regrade.id)))


def progress(regrade: Regrade) -> Progress:
    """Counted now."""
    mine = submissions_of(regrade)
    done = select(func.count(distinct(Result.submission_id))).where(Result.regrade_id == regrade.id)
    jobs = select(func.count()).select_from(Job).where(Job.state.in_(UNFINISHED))
    ordinary = jobs.where(Job.kind == JobKind.GRADE, Job.submission_id.in_(mine))
    asked = (
        select(func.count()).select_from(mine.subquery()),
        done,
        jobs.where(Job.regrade_id == regrade.id),
        ordinary,
    )
    return Progress(*(db.session.scalar(one) or 0 for one in asked))


def begin(assessment_id: int, chosen: Mapping[str, Change], by: int) -> Regrade:
    """Begins a dry run with what is chosen, by the digest of an assessment's item. Raises Refused."""
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is AssessmentState.DRAFT:
            raise Refused(Why.NOT_NOW, "A draft has nothing to grade again.")
        if _open(session, found.id):
            raise Refused(Why.CONFLICT, "Another regrade of this assessment is not decided yet.")
        items = [_item(one, chosen[one.item.digest]) for one in offers(found) if one.item.digest in chosen]
        if not items or len(items) < len(chosen):
            raise Refused(Why.INVALID, "Choose what is to be judged anew.")
        made = Regrade(assessment_id=found.id, started_by_id=by, items=items)
        session.add(made)
        session.flush()
        _enqueue(session, made)
        note(session, by, "regrade.begin", found.title, ref=found.ref, regrade=made.ref, items=_told(items))
    return made


def _item(offer: Offer, change: Change) -> RegradeItem:
    if change not in offer.choices:
        raise Refused(Why.CONFLICT, "The catalogue has changed since. Look at the list again.")
    after = offer.newer if change is Change.NEWER and offer.newer else offer.holds
    return RegradeItem(digest=offer.item.digest, before_digest=offer.holds.digest, after_digest=after.digest)


def _told(items: Sequence[RegradeItem]) -> list[dict[str, str]]:
    return [{"asked": one.digest, "before": one.before_digest, "after": one.after_digest} for one in items]


def _open(session: Session, assessment_id: int) -> bool:
    chosen = select(Regrade.id).where(Regrade.assessment_id == assessment_id, Regrade.state == RegradeState.DRY_RUN)
    return session.scalar(chosen) is not None


def _enqueue(session: Session, regrade: Regrade) -> int:
    """Has the worker grade what is neither judged in this dry run nor waits for it; gives their number."""
    judged = select(Result.submission_id).where(Result.regrade_id == regrade.id)
    waiting = select(Job.submission_id).where(Job.regrade_id == regrade.id, Job.state.in_(UNFINISHED))
    wanted = submissions_of(regrade).where(Submission.id.not_in(judged), Submission.id.not_in(waiting))
    after = {one.digest: one.after_digest for one in regrade.items}
    rows = session.execute(wanted.with_only_columns(Submission.id, AttemptItem.digest).order_by(Submission.id)).all()
    rounds = _rounds(session, JobKind.DRY_RUN, wanted)
    session.add_all(
        Job(
            kind=JobKind.DRY_RUN,
            submission_id=number,
            round=rounds.get(number, 0),
            priority=LAST,
            digest=after[digest],
            regrade_id=regrade.id,
        )
        for number, digest in rows
    )
    return len(rows)


def _rounds(session: Session, kind: JobKind, submissions: Select[int] | Collection[int]) -> Mapping[int, int]:
    """The next round of each; without those of which it would be the first."""
    last = select(Job.submission_id, func.max(Job.round)).where(Job.kind == kind, Job.submission_id.in_(submissions))
    return {number: last + 1 for number, last in session.execute(last.group_by(Job.submission_id))}


def go_on(regrade_id: int, by: int) -> int:
    """Grades, too, what came in since, and once more what a fault of ours kept from being judged. Raises Refused."""
    with writing() as session:
        regrade = _undecided(session, regrade_id)
        count = _enqueue(session, regrade)
        if count:
            note(session, by, "regrade.go-on", regrade.assessment.title, regrade=regrade.ref, submissions=count)
    return count


def drop(regrade_id: int, by: int) -> None:
    """Gives a dry run up: nothing of it counts, and what still waits is not graded. Raises Refused."""
    with writing() as session:
        regrade = _undecided(session, regrade_id)
        for job in session.scalars(select(Job).where(Job.regrade_id == regrade.id, Job.state.in_(UNFINISHED))):
            session.delete(job)  # a worker that holds it finds it gone, and its result is not taken
        regrade.state, regrade.decided_by_id, regrade.decided_at = RegradeState.DROPPED, by, now()
        note(session, by, "regrade.drop", regrade.assessment.title, ref=regrade.assessment.ref, regrade=regrade.ref)


def apply(regrade_id: int, reason: str, by: int) -> None:
    """From now on what the dry run found counts. Raises Refused while something is not judged in it."""
    reason = checked(reason)
    with writing() as session:
        regrade = _undecided(session, regrade_id)
        stand = progress(regrade)
        if stand.waiting:
            raise Refused(Why.NOT_NOW, "The dry run is not over yet.")
        if stand.missing:
            raise Refused(Why.NOT_NOW, NOT_ALL)
        _need_quiet(stand)
        regrade.state, regrade.reason = RegradeState.APPLIED, reason
        regrade.decided_by_id, regrade.decided_at = by, now()
        _note(session, by, "regrade.apply", regrade, reason)


def roll_back(regrade_id: int, reason: str, by: int) -> int:
    """What counted before counts again; gives the number of submissions that this leaves to be graded. Raises Refused.

    Those came in after it was applied, so that no grading by the earlier version is there.
    """
    reason = checked(reason)
    with writing() as session:
        regrade = session.get_one(Regrade, regrade_id)
        if regrade.state is not RegradeState.APPLIED:
            raise Refused(Why.NOT_NOW, "Only what was applied can be rolled back.")
        if _open(session, regrade.assessment_id):
            raise Refused(Why.NOT_NOW, "Another regrade of this assessment is not decided yet. Decide about it first.")
        if _built_on(session, regrade):
            raise Refused(Why.NOT_NOW, "A later regrade builds on this one. Roll that one back first.")
        _need_quiet(progress(regrade))
        left = _left_open(session, regrade)
        regrade.state, regrade.undone_reason = RegradeState.ROLLED_BACK, reason
        regrade.undone_by_id, regrade.undone_at = by, now()
        _note(session, by, "regrade.roll-back", regrade, reason, graded_again=left)
    return left


def _left_open(session: Session, regrade: Regrade) -> int:
    mine = set(session.scalars(submissions_of(regrade)))
    lost = _judged(mine, counting.NOW) - _judged(mine, counting.without(regrade))
    rounds = _rounds(session, JobKind.GRADE, lost)
    for number in sorted(lost):
        session.add(Job(kind=JobKind.GRADE, submission_id=number, round=rounds.get(number, 0), priority=SECOND))
    return len(lost)


def _judged(submissions: Collection[int], view: View) -> set[int]:
    return set(counting.newest(submissions, view))


def _built_on(session: Session, regrade: Regrade) -> bool:
    later = select(RegradeItem.regrade_id).join(Regrade)
    later = later.where(
        Regrade.assessment_id == regrade.assessment_id,
        Regrade.state == RegradeState.APPLIED,
        Regrade.id > regrade.id,
        RegradeItem.digest.in_([one.digest for one in regrade.items]),
    )
    return session.scalar(later.limit(1)) is not None


def _need_quiet(stand: Progress) -> None:
    """A grading that goes on would end with the version with which it began."""
    if stand.ordinary:
        raise Refused(Why.NOT_NOW, BUSY)


def _undecided(session: Session, regrade_id: int) -> Regrade:
    regrade = session.get_one(Regrade, regrade_id)
    if regrade.state is not RegradeState.DRY_RUN:
        raise Refused(Why.CONFLICT, "This regrade is decided already.")
    return regrade


def _note(session: Session, by: int, action: str, regrade: Regrade, reason: str, **more: int) -> None:
    assessment = regrade.assessment
    told = {"ref": assessment.ref, "regrade": regrade.ref, "items": _told(regrade.items), "reason": reason, **more}
    note(session, by, action, assessment.title, **told)
    hooks.tell(session, assessment, HookEvent.REGRADED)


def checked(reason: str) -> str:
    """A reason as it is kept. Raises Refused."""
    reason = readable(reason).strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Refused(Why.INVALID, f"Give the reason in {SHORTEST} to {LONGEST:,} characters.")
    return reason
