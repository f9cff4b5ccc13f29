"""Assessments: whose each is, and what becomes of one as a whole.

``drafting`` changes drafts, ``inviting`` gives links out, ``following`` says how far people are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select, true
from sqlalchemy.orm import joinedload, selectinload

from harness.services import drafting, own_draws, publishing, rubrics
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Assessment,
    AssessmentItem,
    AssessmentState,
    Attempt,
    AttemptKind,
    FrozenItem,
    Invitation,
    Role,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

UNKNOWN = "There is no such assessment."
READ_ALL = (Role.ADMINISTRATOR, Role.GRADER)


def readable_by(user: User) -> ColumnElement[bool]:
    """Which assessments, with their invitations, attempts and appeals, a person may read: the one place that says so.

    Owners read their own, administrators and graders all.
    """
    return true() if user.role in READ_ALL else Assessment.owner_id == user.id


def readable(ref: str, user: User) -> Assessment:
    """The assessment with its items, for who may read it. Raises Refused, the same for all others."""
    items = selectinload(Assessment.items).joinedload(AssessmentItem.frozen).joinedload(FrozenItem.topic)
    found = db.session.scalar(select(Assessment).where(Assessment.ref == ref, readable_by(user)).options(items))
    if found is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


def may_change(found: Assessment, user: User) -> bool:
    """Whether the person may change an assessment, and invite to it: its owner and administrators may."""
    return found.owner_id == user.id or user.role is Role.ADMINISTRATOR


def may_grade(found: Assessment, user: User) -> bool:
    """Whether the person may comment on submissions and decide about verdicts: graders may, and who may change it."""
    return user.role is Role.GRADER or may_change(found, user)


def own(ref: str, user: User) -> Assessment:
    """The assessment, for who may change it. Raises Refused."""
    found = readable(ref, user)
    if not may_change(found, user):
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """An assessment in a list: how many items it has, and how many people were invited, have begun, have ended."""

    assessment: Assessment
    items: int
    invited: int
    begun: int
    ended: int


def overview(user: User, most: int | None = None) -> list[Overview]:
    """The assessments that this person may read, the newest first, at most so many."""
    chosen = select(Assessment).where(readable_by(user)).options(joinedload(Assessment.owner))
    chosen = chosen.order_by(Assessment.id.desc()).limit(most)
    found = db.session.scalars(chosen).all()
    items = _counted(AssessmentItem.assessment_id, found)
    invited = _counted(Invitation.assessment_id, found, Invitation.erased_at.is_(None))
    taken = Attempt.kind == AttemptKind.ASSESSMENT
    begun = _counted(Attempt.assessment_id, found, taken)
    ended = _counted(Attempt.assessment_id, found, taken & Attempt.finished_at.is_not(None))
    return [Overview(one, *(counts.get(one.id, 0) for counts in (items, invited, begun, ended))) for one in found]


def _counted(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    found: Sequence[Assessment],
    *more: ColumnElement[bool],
) -> Mapping[int, int]:
    """How many rows each of these assessments has; ``column`` is the rows' assessment."""
    rows = select(column, func.count()).where(column.in_([one.id for one in found]), *more).group_by(column)
    return {number: count for number, count in db.session.execute(rows) if number is not None}


def create(user: User, title: str) -> Assessment:
    """A new draft. Raises Refused."""
    title = drafting.checked_title(title)
    with writing() as session:
        made = Assessment(owner_id=user.id, title=title)
        session.add(made)
        session.flush()
        note(session, user.id, "assessment.create", title, ref=made.ref)
    return made


def throw_away(assessment_id: int, by: int) -> None:
    """Deletes a draft, for good. Raises Refused for what was published."""
    with writing() as session:
        draft = drafting.draft_of(session, assessment_id)
        note(session, by, "assessment.throw-away", draft.title, ref=draft.ref)
        session.delete(draft)


def publish(assessment_id: int, by: int) -> None:
    """Freezes it: from now on people can be invited, and nothing of it changes but its end. Raises Refused."""
    with writing() as session:
        draft = drafting.draft_of(session, assessment_id)
        if not draft.items:
            raise Refused(Why.NOT_NOW, "An assessment without questions and tasks can't be published.")
        if draft.closes_at and draft.closes_at <= now():
            raise Refused(Why.NOT_NOW, "Its window is over already. Give it a later end among the rules.")
        own_draws.freeze(session, draft)
        draft.state, draft.published_at = AssessmentState.PUBLISHED, now()
        note(session, by, "assessment.publish", draft.title, ref=draft.ref, items=[one.digest for one in draft.items])


def close(assessment_id: int, by: int) -> None:
    """Nobody can start any more; what runs goes on. Raises Refused."""
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is not AssessmentState.PUBLISHED:
            raise Refused(Why.NOT_NOW, "Only a published assessment can be closed.")
        found.state = AssessmentState.CLOSED
        note(session, by, "assessment.close", found.title, ref=found.ref)


def extend(assessment_id: int, closes_at: datetime | None, by: int) -> None:
    """Moves the end of a published assessment's window to a later moment, None for no end; opens a closed one again.

    Raises Refused.
    """
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is AssessmentState.DRAFT:
            raise Refused(Why.NOT_NOW, "A draft's window stands among its rules.")
        if closes_at is not None and closes_at <= now():
            raise Refused(Why.INVALID, "That moment has passed. Give a later one.")
        if found.state is AssessmentState.PUBLISHED and _shorter(found.closes_at, closes_at):
            raise Refused(Why.INVALID, "People were told when it ends: it can only end later. To end it now, close it.")
        note(session, by, "assessment.extend", found.title, ref=found.ref, until=str(closes_at))
        found.closes_at, found.state = closes_at, AssessmentState.PUBLISHED


def _shorter(before: datetime | None, after: datetime | None) -> bool:
    return after is not None and (before is None or after < before)


@dataclass(frozen=True, slots=True)
class Copied:
    """A new draft, and how many of the items could not come along, since the catalogue offers them no more."""

    draft: Assessment
    left_out: int


def copy(assessment_id: int, by: int) -> Copied:
    """A new draft with the same items, as they are now, and the same rules, for whoever copies it; without a window."""
    with writing() as session:
        known = session.get_one(Assessment, assessment_id)
        made = Assessment(
            owner_id=by, title=f"{known.title[:190]} (copy)", blueprint=known.blueprint, own_draw=known.own_draw
        )
        for name in set(drafting.Rules.__slots__) - {"title", "opens_at", "closes_at"}:
            setattr(made, name, getattr(known, name))
        session.add(made)
        session.flush()
        weights = {one.digest: one.weight for one in own_draws.example_of(known)}
        newest = drafting.newest_versions(session, weights)
        kept = [(newest[digest], weights[digest]) for digest in weights if digest in newest]
        for position, (digest, weight) in enumerate(kept):
            made.items.append(AssessmentItem(position=position, digest=digest, weight=weight))
        publishing.copy(session, known, made)
        rubrics.copy(session, known, made)
        note(session, by, "assessment.copy", made.title, ref=made.ref, of=known.ref)
    return Copied(made, len(weights) - len(kept))
