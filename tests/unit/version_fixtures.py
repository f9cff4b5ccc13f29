"""Newer versions of items in the catalogue, as `assay` takes them in when a task or a key was corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import update

from harness.domain import canonical
from harness.services import results
from harness.store.base import db, writing
from harness.store.models import FrozenItem, FrozenSecret

if TYPE_CHECKING:
    from harness.domain.content import Question

SHARED = ("kind", "item", "revision", "title", "topic_slug", "level", "pool", "minutes", "concepts", "public", "kit")


def take_in(old: FrozenItem, digest: str, content: bytes, secret: bytes) -> str:
    """Makes the catalogue offer this version in place of another; gives its digest."""
    with writing() as session:
        old = session.get_one(FrozenItem, old.digest)
        shared = {name: getattr(old, name) for name in SHARED}
        session.execute(update(FrozenItem).where(FrozenItem.item == old.item).values(current=False))
        made = FrozenItem(digest=digest, content=content, current=True, secret=FrozenSecret(content=secret), **shared)
        session.add(made)
    return digest


def newer_task(old: FrozenItem, digit: str = "f") -> str:
    """The same task with another suite: its digest is ``digit`` again and again."""
    return take_in(old, digit * 64, old.content, db.session.get_one(FrozenSecret, old.digest).content)


def newer_question(old: FrozenItem, change: Callable[[Question], Question]) -> str:
    """The question as ``change`` makes it."""
    made = change(results.keys_of([old.digest])[old.digest])
    shown = {
        "kind": made.kind,
        "stem": made.stem,
        "options": [{"id": option.id, "text": option.text} for option in made.options],
    }
    whole = canonical.write(made)
    return take_in(old, canonical.digest(whole), json.dumps(shown, ensure_ascii=False).encode(), whole.encode())


def with_right(question: Question, right: str) -> Question:
    """The question with this option, and no other, as the right one."""
    return replace(question, options=tuple(replace(one, correct=one.id == right) for one in question.options))
