"""A draft is changed step by step: its rules, questions, tasks and weights. What is published refuses all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.bank.draw import shuffled
from harness.services import dealing, drawing, own_draws
from harness.services.errors import Refused, Why
from harness.services.lines import one_line, readable
from harness.store.base import writing
from harness.store.columns import new_ref, now
from harness.store.models import (
    AiRule,
    Assessment,
    AssessmentItem,
    AssessmentState,
    Counts,
    FrozenItem,
    ItemKind,
    ReportPolicy,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harness.domain.content import Level, Pool

FROZEN = "This assessment is published: what it asks and its rules are the same for everyone, and do not change."
MOST_MINUTES = 24 * 60
MOST_SUBMISSIONS = 100
MOST_WEIGHT = 100
LONGEST_TITLE, LONGEST_WELCOME = 200, 20_000  # characters


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
    know_share: int | None = None


def draft_of(session: Session, assessment_id: int) -> Assessment:
    """The draft, read behind the lock. Raises Refused where it is one no more."""
    found = session.get(Assessment, assessment_id)
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such draft any more.")
    if found.state is not AssessmentState.DRAFT:
        raise Refused(Why.NOT_NOW, FROZEN)
    return found


def checked_title(title: str) -> str:
    return one_line(title, LONGEST_TITLE, "A title")


def set_rules(assessment_id: int, rules: Rules) -> None:
    """Changes a draft's rules. Raises Refused."""
    if not 1 <= rules.question_minutes <= MOST_MINUTES or not 1 <= rules.task_minutes <= MOST_MINUTES:
        raise Refused(Why.INVALID, f"Each part takes 1 to {MOST_MINUTES} minutes.")
    if rules.opens_at and rules.closes_at and rules.opens_at >= rules.closes_at:
        raise Refused(Why.INVALID, "The assessment closes before it opens.")
    if rules.pass_mark is not None and not 0 <= rules.pass_mark <= 100:
        raise Refused(Why.INVALID, "The pass mark is from 0 to 100.")
    if rules.know_share is not None and not 1 <= rules.know_share <= 99:
        raise Refused(Why.INVALID, "What they know is 1 to 99 percent of a joint score, or there is none.")
    if not 1 <= rules.most_submissions <= MOST_SUBMISSIONS:
        raise Refused(Why.INVALID, f"A task can be handed in 1 to {MOST_SUBMISSIONS} times.")
    if len(rules.welcome) > LONGEST_WELCOME:
        raise Refused(Why.INVALID, f"The welcome is too long: at most {LONGEST_WELCOME:,} characters.")
    title = checked_title(rules.title)
    with writing() as session:
        draft = draft_of(session, assessment_id)
        for name in Rules.__slots__:
            setattr(draft, name, getattr(rules, name))
        draft.title, draft.welcome = title, readable(rules.welcome).strip()


def draw_questions(
    assessment_id: int,
    cells: str,
    pool: Pool,
    *,
    again: bool = False,
    topics: Collection[str] = (),
    roots: Collection[str] = (),
    own_draw: bool = False,
) -> int:
    """Draws a draft's questions by a blueprint, in place of those it had; gives their number.

    ``cells`` is a blueprint as ``harness.bank.blueprint`` reads it, or nothing for no questions; they come from all
    topics and content roots, where none are named. ``again`` draws others. With ``own_draw`` each person will get a
    draw of their own by the same blueprint, and what is drawn now is an example. Raises Refused.
    """
    with writing() as session:
        draft = draft_of(session, assessment_id)
        if again:
            draft.seed = new_ref()
        kept = {name: value for name, value in draft.blueprint.items() if name == "tasks"}
        draft.blueprint = {**kept, "cells": cells, "pool": pool.value, "topics": list(topics), "roots": list(roots)}
        draft.own_draw = own_draw
        drawn = own_draws.drawn_by(draft.blueprint, draft.seed)
        tasks = [one.digest for one in draft.items if one.frozen.kind is ItemKind.TASK]
        set_items(session, draft, [*(one.digest for one in drawn), *tasks])
        return len(drawn)


def replace_question(assessment_id: int, digest: str, *, by_another: bool) -> None:
    """Takes a question out of a draft, for another of its domain and level where wanted. Raises Refused."""
    with writing() as session:
        draft = draft_of(session, assessment_id)
        digests = [one.digest for one in draft.items]
        gone = next((one for one in draft.items if one.digest == digest), None)
        if gone is None or gone.frozen.kind is not ItemKind.QUESTION:
            raise Refused(Why.UNKNOWN, "The assessment has no such question.")
        if draft.own_draw:
            raise Refused(Why.NOT_NOW, "Each person draws their own questions: these are an example.")
        place = digests.index(digest)
        digests[place : place + 1] = [_another(draft, gone.frozen, digests)] if by_another else []
        set_items(session, draft, digests)


def _another(draft: Assessment, gone: FrozenItem, taken: Collection[str]) -> str:
    """A question of the same pool, domain and level, as the blueprint allows; of the same topic, where there is one."""
    domains = drawing.domains()
    _, topics, roots = own_draws.sources(draft.blueprint)
    fitting = [
        one
        for one in drawing.offers([gone.pool], topics, roots)
        if one.level is gone.level and domains[one.topic] is domains[gone.topic_slug] and one.digest not in taken
    ]
    same_topic = [one for one in fitting if one.topic == gone.topic_slug]
    chosen = shuffled(same_topic or fitting, new_ref())
    if not chosen:
        raise Refused(Why.NOT_NOW, "There is no other question of this domain and level.")
    return chosen[0].digest


def set_tasks(assessment_id: int, digests: Iterable[str], each: Mapping[Level, int] | None = None) -> None:
    """Chooses a draft's tasks. Raises Refused.

    Where each person draws their own, ``each`` says how many of a level a person gets; of a level that it does not
    name, all.
    """
    with writing() as session:
        draft = draft_of(session, assessment_id)
        wanted = list(dict.fromkeys(digests))
        kept = {one.digest for one in draft.items}
        offered = select(FrozenItem.digest).where(
            FrozenItem.digest.in_(wanted), FrozenItem.kind == ItemKind.TASK, FrozenItem.current
        )
        if not set(wanted) <= set(session.scalars(offered)) | kept:
            raise Refused(Why.INVALID, "The catalogue no longer offers one of these tasks. Choose again.")
        questions = [one.digest for one in draft.items if one.frozen.kind is ItemKind.QUESTION]
        set_items(session, draft, [*questions, *(one for one in wanted if one not in questions)])
        own_draws.set_numbers(session, draft, each or {})


def set_weights(assessment_id: int, weights: Mapping[str, int]) -> None:
    """How much each item weighs within its part, by digest. Raises Refused."""
    if any(not 1 <= weight <= MOST_WEIGHT for weight in weights.values()):
        raise Refused(Why.INVALID, f"A weight is from 1 to {MOST_WEIGHT}.")
    with writing() as session:
        draft = draft_of(session, assessment_id)
        cells = own_draws.drawn_cells(draft)
        by_cell = {cells[digest]: weight for digest, weight in weights.items() if digest in cells}
        for one in draft.items:
            one.weight = by_cell.get(cells.get(one.digest, ""), weights.get(one.digest, one.weight))


def renew(assessment_id: int) -> tuple[int, int]:
    """Takes the newest version of every item that was revised since it was chosen, and out what is offered no more.

    Gives the numbers of both. Raises Refused.
    """
    with writing() as session:
        draft = draft_of(session, assessment_id)
        before = [one.digest for one in draft.items]
        newest = newest_versions(session, before)
        weights = {newest[one.digest]: one.weight for one in draft.items if one.digest in newest}
        set_items(session, draft, list(weights), weights)
    return sum(digest != newest.get(digest, digest) for digest in before), len(before) - len(weights)


def newest_versions(session: Session, digests: Iterable[str]) -> Mapping[str, str]:
    """For each of these items the digest of the version that is offered now; what is offered no more is left out."""
    names = select(FrozenItem.digest, FrozenItem.kind, FrozenItem.item).where(FrozenItem.digest.in_(list(digests)))
    known = {digest: (kind, item) for digest, kind, item in session.execute(names)}
    items = {item for _, item in known.values()}
    rows = select(FrozenItem.kind, FrozenItem.item, FrozenItem.digest).where(
        FrozenItem.current, FrozenItem.item.in_(items)
    )
    offered = {(kind, item): digest for kind, item, digest in session.execute(rows)}
    return {digest: offered[name] for digest, name in known.items() if name in offered}


def set_items(
    session: Session, draft: Assessment, digests: Sequence[str], weights: Mapping[str, int] | None = None
) -> None:
    """Gives a draft these items, within a deed. Weights stay: an item's own, or its cell's where each person draws."""
    weights = weights or {one.digest: one.weight for one in draft.items}
    by_cell = own_draws.weights_by_cell(draft) if draft.own_draw else {}
    draft.items.clear()
    session.flush()
    rows = {one.digest: one for one in session.scalars(select(FrozenItem).where(FrozenItem.digest.in_(list(digests))))}
    for position, digest in enumerate(digests):
        frozen = rows[digest]
        weight = by_cell.get(dealing.cell_of(frozen), 1) if draft.own_draw else 1
        made = AssessmentItem(position=position, frozen=frozen, digest=digest, weight=weights.get(digest, weight))
        draft.items.append(made)


def doubts(draft: Assessment) -> list[str]:
    """What its interviewer should know before they publish it, in sentences; nothing of it forbids that."""
    questions = [one.frozen for one in draft.items if one.frozen.kind is ItemKind.QUESTION]
    tasks = [one.frozen for one in draft.items if one.frozen.kind is ItemKind.TASK]
    usual = own_draws.most_minutes(draft)
    said = []
    if tasks and draft.task_minutes < usual:
        said.append(f"Their authors reckon {usual} minutes for these tasks, and you give {draft.task_minutes}.")
    if questions and draft.question_minutes < len(questions):
        said.append("There is less than one minute for each question.")
    if draft.closes_at and draft.closes_at <= now():
        said.append("Its window is over already.")
    drawn = own_draws.drawn_cells(draft)
    if len({one.minutes for one in tasks if one.digest in drawn}) > 1:
        said.append("The tasks that people draw from are not all of the same length.")
    if public := sum(one.public for one in (*questions, *tasks)):
        said.append(
            f"{public} of its {len(draft.items)} items come with assay: whoever looks for them can read them, "
            "answers included, in its repository."
        )
    twice = [topic for topic, count in Counter(one.topic.title for one in tasks).items() if count > 1]
    if twice:
        said.append(f"More than one task is about {', '.join(twice)}.")
    return said
