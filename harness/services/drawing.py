"""What the catalogue offers, and drawing from it: the rows of questions that are current, by the bank's own rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.bank import draw as bank
from harness.domain.content import Domain, Pool
from harness.domain.errors import UsageError
from harness.store.base import db
from harness.store.models import ContentRoot, FrozenItem, ItemKind, StoredTopic

if TYPE_CHECKING:
    from datetime import datetime

    from harness.bank.blueprint import Blueprint, Cell
    from harness.domain.content import Level


@dataclass(frozen=True, slots=True)
class Offer:
    """A question of the catalogue, as drawing knows it. ``id`` is topic/slug."""

    digest: str
    id: str
    topic: str
    level: Level
    concepts: Sequence[str] = ()


def offers(pools: Collection[Pool], topics: Collection[str] = (), roots: Collection[str] = ()) -> list[Offer]:
    """The current questions of these pools, of all topics where none is named, and of all content roots."""
    columns = (FrozenItem.digest, FrozenItem.item, FrozenItem.topic_slug, FrozenItem.level, FrozenItem.concepts)
    rows = select(*columns).where(FrozenItem.current, FrozenItem.kind == ItemKind.QUESTION, FrozenItem.pool.in_(pools))
    if topics:
        rows = rows.where(FrozenItem.topic_slug.in_(topics))
    if roots:
        rows = rows.where(FrozenItem.root.in_(roots))
    return [Offer(*row) for row in db.session.execute(rows.order_by(FrozenItem.item))]


def domains() -> Mapping[str, Domain]:
    """The domain of every topic."""
    rows = db.session.execute(select(StoredTopic.slug, StoredTopic.domain))
    return {row.slug: row.domain for row in rows}


def available(pools: Collection[Pool], topics: Collection[str] = (), roots: Collection[str] = ()) -> Mapping[Cell, int]:
    """How many questions there are of each domain and level."""
    known = domains()
    return Counter((known[one.topic], one.level) for one in offers(pools, topics, roots))


def draw(
    blueprint: Blueprint,
    seed: str,
    pools: Collection[Pool],
    topics: Collection[str] = (),
    roots: Collection[str] = (),
) -> list[Offer]:
    """The questions of this blueprint and seed. Raises UsageError, which names what there is too little of."""
    return bank.draw(blueprint, offers(pools, topics, roots), domains(), seed)


def topics_with_questions() -> Sequence[StoredTopic]:
    """The topics that have current questions, by domain and their order."""
    asked = select(FrozenItem.topic_slug).where(FrozenItem.current, FrozenItem.kind == ItemKind.QUESTION)
    found = db.session.scalars(select(StoredTopic).where(StoredTopic.slug.in_(asked))).all()
    order = list(Domain)
    return sorted(found, key=lambda topic: (order.index(topic.domain), topic.order, topic.slug))


@dataclass(frozen=True, slots=True)
class Root:
    """A content root, and how many of its items are offered now."""

    name: str
    place: str
    public: bool
    taken_at: datetime
    questions: Mapping[Pool, int]
    tasks: int


def roots() -> list[Root]:
    """The content roots, assay's own first."""
    chosen = (
        select(FrozenItem.root, FrozenItem.kind, FrozenItem.pool, func.count())
        .where(FrozenItem.current)
        .group_by(FrozenItem.root, FrozenItem.kind, FrozenItem.pool)
    )
    counts = {(root, kind, pool): count for root, kind, pool, count in db.session.execute(chosen)}
    found = db.session.scalars(select(ContentRoot).order_by(ContentRoot.public.desc(), ContentRoot.name))
    return [
        Root(
            one.name,
            one.place,
            one.public,
            one.taken_at,
            {pool: counts.get((one.name, ItemKind.QUESTION, pool), 0) for pool in Pool},
            sum(counts.get((one.name, ItemKind.TASK, pool), 0) for pool in Pool),
        )
        for one in found
    ]


def draw_tasks(numbers: Mapping[Level, int], seed: str, minutes: int) -> list[FrozenItem]:
    """So many current tasks of each level, in the order of this seed, that take so many minutes together at most.

    No topic comes twice where that can be helped. Raises UsageError where there are too few that fit.
    """
    offered = bank.shuffled(tasks(), seed, lambda one: one.item)
    wanted = [level for level, count in numbers.items() for _ in range(count)]
    chosen: list[FrozenItem] = []
    left = minutes
    for place, level in enumerate(wanted):
        spare = left - _least(offered, wanted[place + 1 :], {one.digest for one in chosen})
        fitting = [one for one in offered if one.level is level and one not in chosen and (one.minutes or 0) <= spare]
        taken = {one.topic_slug for one in chosen}
        found = next((one for one in fitting if one.topic_slug not in taken), next(iter(fitting), None))
        if found is None:
            raise UsageError(f"There are too few {level.value} tasks that fit into {minutes} minutes.")
        chosen.append(found)
        left -= found.minutes or 0
    return chosen


def _least(offered: Sequence[FrozenItem], levels: Sequence[Level], taken: Collection[str]) -> int:
    """The fewest minutes that tasks of these levels take."""
    least = 0
    for level, count in Counter(levels).items():
        minutes = sorted(one.minutes or 0 for one in offered if one.level is level and one.digest not in taken)
        least += sum(minutes[:count])
    return least


def tasks() -> Sequence[FrozenItem]:
    """The current tasks, by domain and the order of topics."""
    chosen = (
        select(FrozenItem)
        .join(StoredTopic)
        .where(FrozenItem.current, FrozenItem.kind == ItemKind.TASK)
        .order_by(StoredTopic.domain, StoredTopic.order, FrozenItem.item)
    )
    return db.session.scalars(chosen).all()
