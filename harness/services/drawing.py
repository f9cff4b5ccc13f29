"""What the catalogue offers, and drawing from it: the rows of questions that are current, by the bank's own rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.bank import draw as bank
from harness.store.base import db
from harness.store.models import FrozenItem, ItemKind, StoredTopic

if TYPE_CHECKING:
    from harness.bank.blueprint import Blueprint, Cell
    from harness.domain.content import Domain, Level, Pool


@dataclass(frozen=True, slots=True)
class Offer:
    """A question of the catalogue, as drawing knows it. ``id`` is topic/slug."""

    digest: str
    id: str
    topic: str
    level: Level
    concepts: Sequence[str] = ()


def offers(pools: Collection[Pool], topics: Collection[str] = ()) -> list[Offer]:
    """The current questions of these pools, of all topics where none is named."""
    columns = (FrozenItem.digest, FrozenItem.item, FrozenItem.topic_slug, FrozenItem.level, FrozenItem.concepts)
    rows = select(*columns).where(FrozenItem.current, FrozenItem.kind == ItemKind.QUESTION, FrozenItem.pool.in_(pools))
    if topics:
        rows = rows.where(FrozenItem.topic_slug.in_(topics))
    return [Offer(*row) for row in db.session.execute(rows.order_by(FrozenItem.item))]


def domains() -> Mapping[str, Domain]:
    """The domain of every topic."""
    rows = db.session.execute(select(StoredTopic.slug, StoredTopic.domain))
    return {row.slug: row.domain for row in rows}


def available(pools: Collection[Pool]) -> Mapping[Cell, int]:
    """How many questions there are of each domain and level."""
    known = domains()
    return Counter((known[one.topic], one.level) for one in offers(pools))


def draw(blueprint: Blueprint, seed: str, pools: Collection[Pool], topics: Collection[str] = ()) -> list[Offer]:
    """The questions of this blueprint and seed. Raises UsageError, which names what there is too little of."""
    return bank.draw(blueprint, offers(pools, topics), domains(), seed)


def tasks() -> Sequence[FrozenItem]:
    """The current tasks, by domain and the order of topics."""
    chosen = (
        select(FrozenItem)
        .join(StoredTopic)
        .where(FrozenItem.current, FrozenItem.kind == ItemKind.TASK)
        .order_by(StoredTopic.domain, StoredTopic.order, FrozenItem.item)
    )
    return db.session.scalars(chosen).all()
