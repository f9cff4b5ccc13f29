"""Frozen items as the content model knows them: what reports are built of."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.content.library import load_library
from harness.domain.canonical import read_question, read_topic
from harness.domain.content import Pool
from harness.domain.packs import unpack
from harness.store.base import db
from harness.store.models import FrozenItem, FrozenSecret, ItemKind, StoredTopic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.domain.content import Question, Task, Topic
    from harness.store.models import AttemptItem


def version(item: AttemptItem, digest: str) -> FrozenItem:
    """The version of an attempt's item that has this digest: the one that was asked, or the one of a regrade."""
    return item.frozen if digest == item.digest else db.session.get_one(FrozenItem, digest)


def task_of(item: FrozenItem) -> Task:
    """The task's public half. Its folder is gone: only what was read from it is there."""
    return _read(item.digest, item.item, item.content)[0]


def topic_with(item: FrozenItem) -> Topic:
    """The topic of a task as it was taken in with it: the concepts and misconceptions that its verdicts name."""
    return _read(item.digest, item.item, item.content)[1]


@lru_cache(maxsize=64)
def _read(digest: str, name: str, content: bytes) -> tuple[Task, Topic]:
    with tempfile.TemporaryDirectory(prefix="assay-task-") as folder:
        for path, data in unpack(content).items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        library = load_library([Path(folder)])
        task = library.task(name)
        return task, library.topics[task.topic]


def explanation_of(item: FrozenItem) -> str | None:
    """How the reference does it, in Markdown: for whoever may read the full report."""
    topic, slug = item.item.split("/")
    secret = db.session.get_one(FrozenSecret, item.digest)
    text = unpack(secret.content).get(f"reference/{topic}/{slug}/explanation.md")
    return text.decode() if text is not None else None


def topic_of(slug: str) -> Topic:
    """The topic as it is now: its concepts and misconceptions."""
    return read_topic(db.session.get_one(StoredTopic, slug).content)


def topics_of(slugs: Iterable[str]) -> dict[str, Topic]:
    """The same of many, by name; of a topic that is not known, nothing."""
    chosen = select(StoredTopic.slug, StoredTopic.content).where(StoredTopic.slug.in_(set(slugs)))
    return {slug: read_topic(content) for slug, content in db.session.execute(chosen)}


def practice_questions(topic: str) -> list[Question]:
    """The topic's current questions for practice, with their keys."""
    chosen = (
        select(FrozenSecret.content)
        .join(FrozenItem)
        .where(
            FrozenItem.current,
            FrozenItem.kind == ItemKind.QUESTION,
            FrozenItem.pool == Pool.PRACTICE,
            FrozenItem.topic_slug == topic,
        )
        .order_by(FrozenItem.item)
    )
    return [read_question(content.decode()) for content in db.session.scalars(chosen)]
