"""A person decides against a verdict or the key, with a reason; and takes it back.

Results never change: a decision stands beside what it is about, and nothing of it is ever removed. Of one thing the
last decision that was not withdrawn counts. ``overrides`` lays them over results.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from harness.domain.records import from_json
from harness.domain.verdicts import Outcome
from harness.services import overrides, results
from harness.services.assessments import may_grade
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.lines import readable
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import AttemptItem, Override, Part, Submission, SubmissionKind, User

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHORTEST, LONGEST = 10, 2_000  # characters of a reason
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.OURS: "a fault of ours"}


def about_check(submission_id: int, check: str, outcome: Outcome, reason: str, by: User, seen: str = "") -> Override:
    """Decides how a check counts. ``seen`` is the ref of the decision that the person saw standing, if there was one.

    Raises Refused: CONFLICT where somebody decided in between.
    """
    reason = _checked(reason)
    with writing() as session:
        submission = _submission(session, submission_id, by)
        result = results.newest_result(submission.id)
        verdicts = {one.check: one for one in from_json(result.content).verdicts} if result else {}
        if check not in verdicts:
            raise Refused(Why.UNKNOWN, "There is no such check.")
        standing = overrides.of_submission(submission.id).get(check)
        before = standing.outcome if standing else verdicts[check].outcome
        made = Override(submission_id=submission.id, check=check, outcome=outcome, reason=reason, by_id=by.id)
        return _decide(session, made, standing, before, seen, submission.ref, f"{check} of {_name(submission.item)}")


def about_question(item_id: int, outcome: Outcome, reason: str, by: User, seen: str = "") -> Override:
    """The same for a question's answer, which counts as right (PASSED) or wrong (FAILED)."""
    reason = _checked(reason)
    if outcome is Outcome.OURS:
        raise Refused(Why.INVALID, "An answer counts as right or as wrong.")
    with writing() as session:
        item = session.get(AttemptItem, item_id)
        if item is None or item.part is not Part.QUESTIONS or not _may(item, by):
            raise Refused(Why.UNKNOWN, "There is no such question.")
        standing = overrides.of_items([item.id]).get(item.id)
        right = results.is_right(item)
        before = standing.outcome if standing else Outcome.PASSED if right else Outcome.FAILED
        made = Override(item_id=item.id, outcome=outcome, reason=reason, by_id=by.id)
        return _decide(session, made, standing, before, seen, item.attempt.ref, f"question {_name(item)}")


def withdraw(ref: str, by: User) -> Override:
    """Takes a decision back: what stood before it counts again. Raises Refused.

    What answered an appeal stays, since the candidate has read it; one may decide anew, with a reason.
    """
    with writing() as session:
        found = session.scalar(select(Override).where(Override.ref == ref))
        item = _item(session, found) if found else None
        if found is None or item is None or not _may(item, by):
            raise Refused(Why.UNKNOWN, "There is no such decision.")
        if found.withdrawn_at is not None:
            raise Refused(Why.CONFLICT, "This decision was withdrawn already.")
        if found.appeal_id is not None:
            raise Refused(
                Why.NOT_NOW, "This answered an appeal, and the candidate has read it. Decide anew, and give a reason."
            )
        found.withdrawn_at, found.withdrawn_by_id = now(), by.id
        subject = f"{found.check} of {_name(item)}" if found.check else f"question {_name(item)}"
        note(session, by.id, "decision.withdraw", item.attempt.ref, about=subject, outcome=found.outcome.value)
    return found


def history(submission_ids: Sequence[int] = (), item_ids: Sequence[int] = ()) -> Sequence[Override]:
    """All that was ever decided about these, the oldest first, with who did so."""
    about = or_(Override.submission_id.in_(submission_ids), Override.item_id.in_(item_ids))
    chosen = select(Override).where(about).order_by(Override.id)
    return db.session.scalars(chosen.options(joinedload(Override.by), joinedload(Override.withdrawn_by))).all()


def _decide(
    session: Session,
    made: Override,
    standing: Override | None,
    before: Outcome,
    seen: str,
    subject: str,
    about: str,
) -> Override:
    if (standing.ref if standing else "") != seen:
        raise Refused(Why.CONFLICT, "Somebody else has decided about it since. Read that first; nothing was changed.")
    if before is made.outcome:
        raise Refused(Why.INVALID, "It counts like that already, so there is nothing to decide.")
    session.add(made)
    session.flush()
    note(session, made.by_id, "decision.make", subject, about=about, before=before.value, outcome=made.outcome.value)
    return made


def _submission(session: Session, submission_id: int, by: User) -> Submission:
    found = session.get(Submission, submission_id)
    if found is None or found.kind is SubmissionKind.PUBLIC_RUN or not _may(found.item, by):
        raise Refused(Why.UNKNOWN, "There is no such submission.")
    return found


def _item(session: Session, found: Override) -> AttemptItem | None:
    if found.item_id is not None:
        return session.get(AttemptItem, found.item_id)
    submission = session.get(Submission, found.submission_id)
    return submission.item if submission else None


def _may(item: AttemptItem, by: User) -> bool:
    return item.attempt.assessment is not None and may_grade(item.attempt.assessment, by)


def _name(item: AttemptItem) -> str:
    return item.frozen.item


def _checked(reason: str) -> str:
    reason = readable(reason).strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Refused(Why.INVALID, f"Give a reason of {SHORTEST} to {LONGEST:,} characters: the candidate reads it.")
    return reason
