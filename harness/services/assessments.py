"""An interviewer's assessments: built as drafts, published for good, and lent out by links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.bank import blueprint as blueprints
from harness.bank.draw import shuffled
from harness.domain.content import Pool
from harness.domain.errors import UsageError
from harness.services import drawing
from harness.services.accounts import normal_email
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.tokens import new_token, token_digest
from harness.store.base import db, writing
from harness.store.columns import new_ref, now
from harness.store.models import (
    AiRule,
    Assessment,
    AssessmentItem,
    AssessmentState,
    Attempt,
    AttemptKind,
    Counts,
    FrozenItem,
    Invitation,
    ItemKind,
    ReportPolicy,
    Role,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNKNOWN = "There is no such assessment."
FROZEN = "This assessment is published: what it asks and its rules are the same for everyone, and do not change."
MOST_MINUTES = 24 * 60
MOST_INVITED = 500  # by one deed


@dataclass(frozen=True, slots=True)
class Rules:
    """What an interviewer decides beside the items."""

    title: str
    welcome: str = ""  # Markdown
    question_minutes: int = 45
    task_minutes: int = 60
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    ai_rule: AiRule = AiRule.DECLARED
    report_policy: ReportPolicy = ReportPolicy.FULL
    most_submissions: int = 3
    counts: Counts = Counts.BEST
    pass_mark: int | None = None


def readable(ref: str, user: User) -> Assessment:
    """The assessment, for its owner, for administrators and graders. Raises Refused, the same for all others.

    The one place that says who may read an assessment, its invitations and its attempts.
    """
    found = db.session.scalar(select(Assessment).where(Assessment.ref == ref))
    if found is None or not (found.owner_id == user.id or user.role in (Role.ADMINISTRATOR, Role.GRADER)):
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


def own(ref: str, user: User) -> Assessment:
    """The assessment, for who may change it: its owner and administrators. Raises Refused."""
    found = readable(ref, user)
    if found.owner_id != user.id and user.role is not Role.ADMINISTRATOR:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


def all_of(user: User) -> Sequence[Assessment]:
    """The assessments that this person may read, the newest first."""
    chosen = select(Assessment).order_by(Assessment.id.desc())
    if user.role not in (Role.ADMINISTRATOR, Role.GRADER):
        chosen = chosen.where(Assessment.owner_id == user.id)
    return db.session.scalars(chosen).all()


def create(user: User, title: str) -> Assessment:
    """A new draft. Raises Refused."""
    title = checked_title(title)
    with writing() as session:
        made = Assessment(owner_id=user.id, title=title)
        session.add(made)
        session.flush()
        note(session, user.id, "assessment.create", title, ref=made.ref)
    return made


def checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not 1 <= len(title) <= 200:
        raise Refused(Why.INVALID, "A title has 1 to 200 characters.")
    return title


def set_rules(assessment_id: int, rules: Rules) -> None:
    """Changes a draft's rules. Raises Refused."""
    if not 1 <= rules.question_minutes <= MOST_MINUTES or not 1 <= rules.task_minutes <= MOST_MINUTES:
        raise Refused(Why.INVALID, f"Each part takes 1 to {MOST_MINUTES} minutes.")
    if rules.opens_at and rules.closes_at and rules.opens_at >= rules.closes_at:
        raise Refused(Why.INVALID, "The assessment closes before it opens.")
    if rules.pass_mark is not None and not 0 <= rules.pass_mark <= 100:
        raise Refused(Why.INVALID, "The pass mark is from 0 to 100.")
    if not 1 <= rules.most_submissions <= 100:
        raise Refused(Why.INVALID, "A task can be handed in 1 to 100 times.")
    if len(rules.welcome) > 20_000:
        raise Refused(Why.INVALID, "The welcome is too long: at most 20,000 characters.")
    title = checked_title(rules.title)
    with writing() as session:
        draft = _draft(session, assessment_id)
        for name in Rules.__slots__:
            setattr(draft, name, getattr(rules, name))
        draft.title = title


def draw_questions(assessment_id: int, cells: str, pool: Pool, *, again: bool = False) -> int:
    """Draws a draft's questions by a blueprint, in place of those it had; gives their number.

    ``cells`` is a blueprint as ``harness.bank.blueprint`` reads it, or nothing for no questions; ``again`` draws
    others. Raises Refused.
    """
    with writing() as session:
        draft = _draft(session, assessment_id)
        if again:
            draft.seed = new_ref()
        try:
            drawn = drawing.draw(blueprints.parse(cells), draft.seed, [pool]) if cells.strip() else []
        except UsageError as error:
            raise Refused(Why.INVALID, str(error)) from error
        draft.blueprint = {"cells": cells, "pool": pool.value}
        tasks = [one.digest for one in draft.items if one.frozen.kind is ItemKind.TASK]
        _set_items(session, draft, [*(one.digest for one in drawn), *tasks])
        return len(drawn)


def replace_question(assessment_id: int, digest: str, *, by_another: bool) -> None:
    """Takes a question out of a draft, for another of its topic's domain and level where wanted. Raises Refused."""
    with writing() as session:
        draft = _draft(session, assessment_id)
        digests = [one.digest for one in draft.items]
        gone = next((one for one in draft.items if one.digest == digest), None)
        if gone is None:
            raise Refused(Why.UNKNOWN, "The assessment has no such question.")
        place = digests.index(digest)
        digests[place : place + 1] = [_another(draft, gone.frozen, digests)] if by_another else []
        _set_items(session, draft, digests)


def _another(draft: Assessment, gone: FrozenItem, taken: Collection[str]) -> str:
    domains = drawing.domains()
    pool = Pool(draft.blueprint.get("pool", Pool.PRACTICE))
    fitting = [
        one
        for one in drawing.offers([pool])
        if one.level is gone.level and domains[one.topic] is domains[gone.topic_slug] and one.digest not in taken
    ]
    same_topic = [one for one in fitting if one.topic == gone.topic_slug]
    chosen = shuffled(same_topic or fitting, new_ref())
    if not chosen:
        raise Refused(Why.NOT_NOW, "There is no other question of this domain and level.")
    return chosen[0].digest


def set_tasks(assessment_id: int, digests: Iterable[str]) -> None:
    """Chooses a draft's tasks. Raises Refused."""
    with writing() as session:
        draft = _draft(session, assessment_id)
        wanted = list(dict.fromkeys(digests))
        known = set(
            session.scalars(
                select(FrozenItem.digest).where(
                    FrozenItem.digest.in_(wanted), FrozenItem.kind == ItemKind.TASK, FrozenItem.current
                )
            )
        )
        if known != set(wanted):
            raise Refused(Why.INVALID, "The catalogue no longer offers one of these tasks. Choose again.")
        questions = [one.digest for one in draft.items if one.frozen.kind is ItemKind.QUESTION]
        _set_items(session, draft, [*questions, *wanted])


def set_weights(assessment_id: int, weights: Mapping[str, int]) -> None:
    """How much each item weighs within its part, by digest. Raises Refused."""
    if any(not 1 <= weight <= 100 for weight in weights.values()):
        raise Refused(Why.INVALID, "A weight is from 1 to 100.")
    with writing() as session:
        for one in _draft(session, assessment_id).items:
            one.weight = weights.get(one.digest, one.weight)


def _set_items(session: Session, draft: Assessment, digests: Sequence[str]) -> None:
    weights = {one.digest: one.weight for one in draft.items}
    draft.items.clear()
    session.flush()
    for position, digest in enumerate(digests):
        draft.items.append(AssessmentItem(position=position, digest=digest, weight=weights.get(digest, 1)))


def publish(assessment_id: int, by: int) -> None:
    """Freezes it: from now on people can be invited, and nothing of it changes. Raises Refused."""
    with writing() as session:
        draft = _draft(session, assessment_id)
        if not draft.items:
            raise Refused(Why.NOT_NOW, "An assessment without questions and tasks can't be published.")
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
    """Moves the end of the window of a published assessment to a later moment; None for no end. Raises Refused."""
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is AssessmentState.DRAFT:
            raise Refused(Why.NOT_NOW, "A draft's window stands among its rules.")
        earlier = closes_at is not None and (found.closes_at is None or closes_at < found.closes_at)
        if earlier or (closes_at and closes_at <= now()):
            raise Refused(Why.INVALID, "The window of a published assessment can only become longer.")
        note(session, by, "assessment.extend", found.title, ref=found.ref, until=str(closes_at))
        found.closes_at, found.state = closes_at, AssessmentState.PUBLISHED


def copy(assessment_id: int, by: int) -> Assessment:
    """A new draft with the same items and rules, for whoever copies it. Items that are offered no more are left out."""
    with writing() as session:
        known = session.get_one(Assessment, assessment_id)
        made = Assessment(owner_id=by, title=f"{known.title[:190]} (copy)", blueprint=known.blueprint)
        for name in set(Rules.__slots__) - {"title", "opens_at", "closes_at"}:
            setattr(made, name, getattr(known, name))
        session.add(made)
        session.flush()
        offered = [one for one in known.items if one.frozen.current]
        for position, one in enumerate(offered):
            made.items.append(AssessmentItem(position=position, digest=one.digest, weight=one.weight))
    return made


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to be invited."""

    name: str
    email: str = ""
    extra_percent: int = 0


def invite(assessment_id: int, people: Sequence[Invitee], by: int) -> list[tuple[Invitation, str]]:
    """Invites people; gives each one's invitation and token, which is shown once and stored nowhere. Raises Refused."""
    if not 1 <= len(people) <= MOST_INVITED:
        raise Refused(Why.INVALID, f"Invite 1 to {MOST_INVITED} people at once.")
    checked = [_checked(one, number) for number, one in enumerate(people, start=1)]
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is not AssessmentState.PUBLISHED:
            raise Refused(Why.NOT_NOW, "People can be invited to a published assessment only.")
        made = []
        for one in checked:
            token = new_token()
            invitation = Invitation(
                name=one.name, email=one.email, extra_percent=one.extra_percent, token_digest=token_digest(token)
            )
            found.invitations.append(invitation)
            made.append((invitation, token))
        session.flush()
        note(session, by, "invitation.create", found.title, ref=found.ref, count=len(made))
    return made


def _checked(one: Invitee, number: int) -> Invitee:
    name = " ".join(one.name.split())
    if not 1 <= len(name) <= 100:
        raise Refused(Why.INVALID, f"Line {number}: a name has 1 to 100 characters.")
    if not 0 <= one.extra_percent <= 400:
        raise Refused(Why.INVALID, f"Line {number}: more time is from 0 to 400 percent.")
    try:
        return Invitee(name, normal_email(one.email) if one.email.strip() else "", one.extra_percent)
    except Refused as error:
        raise Refused(Why.INVALID, f"Line {number}: {error}") from error


def invitation_of(assessment: Assessment, ref: str) -> Invitation:
    """One of its invitations. Raises Refused."""
    found = db.session.scalar(
        select(Invitation).where(Invitation.ref == ref, Invitation.assessment_id == assessment.id)
    )
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such invitation.")
    return found


def revoke(invitation_id: int, by: int) -> None:
    """The link works no more; what the person did stays."""
    with writing() as session:
        found = session.get_one(Invitation, invitation_id)
        found.revoked_at = found.revoked_at or now()
        note(session, by, "invitation.revoke", found.assessment.title, invitation=found.ref)


def new_link(invitation_id: int, by: int) -> str:
    """A new token for the same person; the old link ends."""
    token = new_token()
    with writing() as session:
        found = session.get_one(Invitation, invitation_id)
        found.token_digest, found.revoked_at = token_digest(token), None
        note(session, by, "invitation.new-link", found.assessment.title, invitation=found.ref)
    return token


def set_extra_time(invitation_id: int, percent: int, by: int) -> None:
    """An accommodation: it holds for parts that have not started. Raises Refused."""
    if not 0 <= percent <= 400:
        raise Refused(Why.INVALID, "More time is from 0 to 400 percent.")
    with writing() as session:
        found = session.get_one(Invitation, invitation_id)
        note(session, by, "invitation.extra-time", found.assessment.title, invitation=found.ref, percent=percent)
        found.extra_percent = percent


def attempts_of(assessment: Assessment) -> Mapping[int, Attempt]:
    """The attempts at it, by invitation."""
    chosen = select(Attempt).where(Attempt.assessment_id == assessment.id, Attempt.kind == AttemptKind.ASSESSMENT)
    return {one.invitation_id: one for one in db.session.scalars(chosen) if one.invitation_id is not None}


def _draft(session: Session, assessment_id: int) -> Assessment:
    found = session.get_one(Assessment, assessment_id)
    if found.state is not AssessmentState.DRAFT:
        raise Refused(Why.NOT_NOW, FROZEN)
    return found
