"""An invited person's way: open the link, begin, start a part, answer, end. One deed, one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.bank.draw import shuffled_options
from harness.services import cards, clocks, dealing, hooks
from harness.services.errors import Refused, Why
from harness.services.handing_in import hand_in_draft
from harness.services.hooks import HookEvent
from harness.services.tokens import token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Answer,
    AssessmentState,
    Attempt,
    AttemptItem,
    AttemptKind,
    AttemptPart,
    Event,
    EventKind,
    FrozenItem,
    Invitation,
    ItemKind,
    Part,
)

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from harness.store.models import Assessment

WARM_UP = "warm-up"  # the topic of what people try the pages with
LONGEST_DECLARATION = 4_000
NO_SUCH_LINK = "This link does not exist, or was withdrawn. Ask the person who sent it."


def find_invitation(token: str) -> Invitation:
    """The invitation of a link. Raises Refused, with one message for all links that do not work."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_digest == token_digest(token)))
    if found is None or found.revoked_at or found.erased_at or found.assessment.state is AssessmentState.DRAFT:
        raise Refused(Why.UNKNOWN, NO_SUCH_LINK)
    return found


def attempt_of(invitation_id: int) -> Attempt | None:
    """The person's attempt, if they have begun."""
    return db.session.scalar(
        select(Attempt).where(Attempt.invitation_id == invitation_id, Attempt.kind == AttemptKind.ASSESSMENT)
    )


def belonging_to(ref: str, invitation_id: int | None, user_id: int | None) -> Attempt:
    """The attempt that a page's address names, if it is this person's. Raises Refused, with one message for all else.

    The one place that says whose an attempt is: of an invitation, or of an account that practises.
    """
    attempt = db.session.scalar(select(Attempt).where(Attempt.ref == ref))
    invited = invitation_id is not None and attempt is not None and attempt.invitation_id == invitation_id
    practising = user_id is not None and attempt is not None and attempt.user_id == user_id
    if attempt is None or not (invited or practising):
        raise Refused(Why.UNKNOWN, "There is no such attempt.")
    return attempt


def begin(invitation_id: int) -> Attempt:
    """The person's attempt, made now if they have none: the assessment's items, shuffled for them. Raises Refused."""
    with writing() as session:
        invitation = session.get_one(Invitation, invitation_id)
        attempt = attempt_of(invitation_id)
        if attempt is None:
            _need_open(invitation)
            attempt = Attempt(kind=AttemptKind.ASSESSMENT, assessment=invitation.assessment, invitation=invitation)
            session.add(attempt)
            session.flush()
            deal(attempt, invitation.assessment)
            hooks.tell(
                session, invitation.assessment, HookEvent.STARTED, attempt=attempt.ref, invitation=invitation.ref
            )
    return attempt


def warm_up(invitation_id: int) -> Attempt:
    """The person's warm-up, made now if they have none: one question and one task, without a clock. Raises Refused.

    Nothing of it counts, or is in any report.
    """
    with writing() as session:
        invitation = session.get_one(Invitation, invitation_id)
        known = session.scalar(
            select(Attempt).where(Attempt.invitation_id == invitation_id, Attempt.kind == AttemptKind.WARM_UP)
        )
        if known is not None:
            return known
        items = {one.kind: one for one in session.scalars(_warm_up_items())}
        if len(items) < len(ItemKind):
            raise Refused(Why.UNKNOWN, "This platform has no warm-up.")
        attempt = Attempt(kind=AttemptKind.WARM_UP, assessment=invitation.assessment, invitation=invitation)
        session.add(attempt)
        session.flush()
        for position, (kind, part) in enumerate(zip(ItemKind, Part, strict=True)):
            frozen = items[kind]
            shown = shown_options(attempt.seed, frozen.item, frozen.content) if kind is ItemKind.QUESTION else []
            attempt.items.append(AttemptItem(position=position, part=part, digest=frozen.digest, shown=shown))
            attempt.parts.append(AttemptPart(part=part))
    return attempt


def _warm_up_items() -> Select[FrozenItem]:
    """All versions, the newest last."""
    return select(FrozenItem).where(FrozenItem.topic_slug == WARM_UP).order_by(FrozenItem.created_at)


def not_open_because(invitation: Invitation) -> str:
    """Why the person can't start a part now; nothing where they can."""
    moment, assessment = now(), invitation.assessment
    if assessment.state is not AssessmentState.PUBLISHED or clocks.closed(invitation):
        return "This assessment can't be started any more."
    if assessment.opens_at and moment < assessment.opens_at:
        return "This assessment can't be started yet."
    return ""


def _need_open(invitation: Invitation) -> None:
    if why := not_open_because(invitation):
        raise Refused(Why.NOT_NOW, why)


def deal(attempt: Attempt, assessment: Assessment, contents: dict[str, bytes] | None = None) -> None:
    """Questions in this attempt's order and options in theirs; tasks as the assessment has them.

    ``contents`` are questions by digest that were read already; what is read here is added to it.
    """
    contents = {} if contents is None else contents
    chosen = dealing.dealt(assessment, attempt.seed)
    asked = [one.digest for one in chosen if one.frozen.kind is ItemKind.QUESTION and one.digest not in contents]
    if asked:
        rows = select(FrozenItem.digest, FrozenItem.content).where(FrozenItem.digest.in_(asked))
        contents |= {row.digest: row.content for row in db.session.execute(rows)}
    for position, one in enumerate(chosen):
        shown = contents.get(one.digest)
        attempt.items.append(
            AttemptItem(
                position=position,
                part=dealing.part_of(one.frozen),
                digest=one.digest,
                weight=one.weight,
                shown=shown_options(attempt.seed, one.frozen.item, shown) if shown is not None else [],
            )
        )


def shown_options(seed: str, item: str, content: bytes) -> list[str]:
    """The ids of a question's options in the order in which this attempt shows them."""
    ids = (option["id"] for option in json.loads(content)["options"])
    return list(shuffled_options(item, ids, seed))


def opened(invitation_id: int) -> None:
    """Keeps when a link was opened first."""
    with writing() as session:
        invitation = session.get_one(Invitation, invitation_id)
        if invitation.opened_at is None:
            invitation.opened_at = now()


def declare(attempt_id: int, text: str) -> None:
    """What the person says about their use of AI. Raises Refused."""
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_DECLARATION:
        raise Refused(Why.INVALID, f"A declaration has 1 to {LONGEST_DECLARATION} characters; write “none” for none.")
    with writing() as session:
        session.get_one(Attempt, attempt_id).ai_declaration = text


def start_part(attempt_id: int, part: Part) -> AttemptPart:
    """Starts a part's clock. Raises Refused."""
    with writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        if part not in clocks.parts_of(attempt):
            raise Refused(Why.UNKNOWN, "This assessment has no such part.")
        if clocks.clock(attempt, part) is None:
            if attempt.assessment is None or attempt.invitation is None:
                raise Refused(Why.INVALID, "Practice has no parts to start.")
            _need_open(attempt.invitation)
            clocks.start(attempt, part, clocks.minutes_for(attempt.assessment, attempt.invitation, part))
            keep_event(session, attempt, EventKind.STARTED, part=part.value)
        return clocks.need_running(attempt, part)


def answer(item_id: int, chosen: Collection[str], flagged: bool, version: int) -> tuple[bool, Answer]:
    """Saves what is marked at a question. Gives whether that stands now, and what does.

    A page counts its clicks; one that a later one has overtaken, of this page or of another device, changes nothing.
    Raises Refused.
    """
    with writing() as session:
        item = session.get_one(AttemptItem, item_id)
        if item.part is not Part.QUESTIONS:
            raise Refused(Why.UNKNOWN, "There is no such question.")
        clocks.need_running(item.attempt, Part.QUESTIONS)
        marked = [option for option in item.shown if option in set(chosen)]
        if len(marked) != len(set(chosen)):
            raise Refused(Why.INVALID, "The question has no such option.")
        if len(marked) > 1 and json.loads(item.frozen.content)["kind"] == "single":
            raise Refused(Why.INVALID, "This question takes one option.")
        stands = item.answer
        if stands is None:
            stands = item.answer = Answer(chosen=[], flagged=False, version=0)
        if (stands.chosen, stands.flagged) == (marked, flagged):
            return True, stands
        if version <= stands.version:
            return False, stands
        kind = EventKind.ANSWERED if marked != stands.chosen else EventKind.FLAGGED
        stands.chosen, stands.flagged, stands.version, stands.changed_at = marked, flagged, version, now()
        keep_event(session, item.attempt, kind, item, chosen=marked, flagged=flagged)
        return True, stands


def end_part(attempt_id: int, part: Part) -> None:
    """Ends a part before its time, for good; what was ended before stays so. Raises Refused."""
    with writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        running = clocks.clock(attempt, part)
        if running is None:
            raise Refused(Why.NOT_NOW, "This part has not been started yet.")
        _end(session, running)


def end_overdue() -> int:
    """Ends every part whose time is up, as its person would have; gives their number. For who looks after the store."""
    due = select(AttemptPart).where(AttemptPart.ended_at.is_(None), AttemptPart.deadline <= now())
    with writing() as session:
        running = session.scalars(due).all()
        for one in running:
            _end(session, one)
    return len(running)


def _end(session: Session, running: AttemptPart) -> None:
    if running.ended_at is not None:
        return
    moment = now()
    late = running.deadline is not None and moment >= running.deadline
    running.ended_at = running.deadline if late else moment
    attempt = running.attempt
    if running.part is Part.TASKS:
        for item in attempt.items:
            if item.part is Part.TASKS:
                hand_in_draft(session, item)
    keep_event(session, attempt, EventKind.ENDED, part=running.part.value, late=late)
    ended = {one.part for one in attempt.parts if one.ended_at is not None}
    if set(clocks.parts_of(attempt)) <= ended:
        attempt.finished_at = moment
        if attempt.kind is AttemptKind.ASSESSMENT:
            hooks.tell(session, attempt.assessment, HookEvent.ENDED, attempt=attempt.ref)
        cards.review_exam(session, attempt, running.ended_at or moment)


def keep_event(
    session: Session, attempt: Attempt, kind: EventKind, item: AttemptItem | None = None, **data: object
) -> None:
    """Adds a line to an attempt's timeline, within the deed that it tells of."""
    session.add(Event(attempt_id=attempt.id, item_id=item and item.id, kind=kind, data=data))
