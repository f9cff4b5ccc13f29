"""What practice offers, and what somebody wants to come back to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from harness.domain.content import Pool
from harness.services import drawing
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.models import Bookmark, FrozenItem

POOLS = (Pool.PRACTICE,)
SHOWN = (undefer(FrozenItem.content), joinedload(FrozenItem.topic))  # what a list of items shows of each
UNKNOWN_ITEM = "There is no such item to practise on."


def practice_item(name: str) -> FrozenItem:
    """The item, as it is now or was last. Raises Refused for one that is not, or no longer, for practice."""
    found = db.session.scalar(
        select(FrozenItem)
        .where(FrozenItem.item == name)
        .order_by(FrozenItem.current.desc(), FrozenItem.created_at.desc())
        .limit(1)
    )
    if found is None or found.pool not in POOLS:
        raise Refused(Why.UNKNOWN, UNKNOWN_ITEM)
    return found


def items_of(names: Collection[str]) -> dict[str, FrozenItem]:
    """The items of these names by name, each as it is now or was last; what is not for practice is left out."""
    rows = db.session.scalars(
        select(FrozenItem)
        .where(FrozenItem.item.in_(names), FrozenItem.pool.in_(POOLS))
        .order_by(FrozenItem.current, FrozenItem.created_at)
        .options(*SHOWN)
    )
    return {row.item: row for row in rows}


def offered_tasks() -> list[FrozenItem]:
    """The tasks to practise on."""
    return [one for one in drawing.tasks() if one.pool in POOLS]


def bookmarked(user_id: int) -> frozenset[str]:
    """The names of the items that the person wants to come back to."""
    return frozenset(db.session.scalars(select(Bookmark.item).where(Bookmark.user_id == user_id)))


def bookmarked_items(user_id: int) -> list[FrozenItem]:
    """The items themselves, the last one first; what is for practice no more is left out."""
    names = db.session.scalars(select(Bookmark.item).where(Bookmark.user_id == user_id).order_by(Bookmark.id.desc()))
    rows = db.session.scalars(
        select(FrozenItem)
        .where(FrozenItem.item.in_(bookmarked(user_id)), FrozenItem.current, FrozenItem.pool.in_(POOLS))
        .options(*SHOWN)
    )
    found = {row.item: row for row in rows}
    return [found[name] for name in names if name in found]


def set_bookmark(user_id: int, digest: str, *, wanted: bool) -> FrozenItem:
    """Keeps or drops a bookmark; what is so already stays so. Gives the item. Raises Refused."""
    with writing() as session:
        frozen = session.get(FrozenItem, digest)
        if frozen is None or frozen.pool not in POOLS:
            raise Refused(Why.UNKNOWN, UNKNOWN_ITEM)
        kept = session.scalar(select(Bookmark).where(Bookmark.user_id == user_id, Bookmark.item == frozen.item))
        if wanted and kept is None:
            session.add(Bookmark(user_id=user_id, item=frozen.item))
        if not wanted and kept is not None:
            session.delete(kept)
    return frozen
