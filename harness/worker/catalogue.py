"""Takes content roots into the store: every item under its digest, what is hidden apart.

After this the web needs no content root: it shows, draws and publishes what stands in the catalogue, and a submission
is graded by the very bytes that its assessment was published with.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from harness.content.bundle import candidate_kit
from harness.content.hidden import content_root, load_hidden, load_reference, reference_folder, task_digest
from harness.content.library import default_root, load_library
from harness.content.trees import read_tree
from harness.domain import canonical
from harness.domain.content import Status
from harness.domain.packs import pack
from harness.store.base import writing
from harness.store.models import ContentRoot, FrozenItem, FrozenSecret, ItemKind, StoredTopic
from sandbox.images.recipe import PYTHON, lock_file

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harness.content.library import Library
    from harness.domain.content import Question, Task, Topic

PUBLIC = "assay"  # the name of the content that comes with it
WARM_UP = Path(__file__).parent / "warm_up"
REFERENCE = ("expected.toml", "explanation.md")  # of a reference, what grading and reports need


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run changed: items that were new or came back, and items that are offered no more."""

    added: int
    retired: int


def take_in(library: Library) -> Taken:
    """Makes the catalogue offer just what ``library`` has published. Raises ContentError for a task with faults."""
    topics = [topic for topic in library.topics.values() if topic.status is Status.PUBLISHED]
    slugs = {topic.slug for topic in topics}
    offered = [
        *(_question(one) for one in library.questions.values() if _is_offered(one, slugs)),
        *(_task(one, library.topics[one.topic]) for one in library.tasks.values() if _is_offered(one, slugs)),
    ]
    names = root_names(library)
    folders = {("question", one.id): one.folder for one in library.questions.values()}
    folders |= {("task", one.id): one.folder for one in library.tasks.values()}
    for item in offered:
        folder = folders[item.kind.value, item.item]
        item.root = next(name for root, name in names.items() if folder.is_relative_to(root))
    with writing() as session:
        _keep_topics(session, topics)
        _keep_roots(session, library)
        return _offer(session, offered)


def root_names(library: Library) -> Mapping[Path, str]:
    """What each root is called: assay's own by that name, another by its folder's, numbered where that is taken."""
    names: dict[Path, str] = {}
    for root in library.roots:
        own = root == default_root()
        base = PUBLIC if own else root.name[:80] or "content"
        taken = {*names.values(), *(() if own else (PUBLIC,))}
        choices = itertools.chain([base], (f"{base} {number}" for number in itertools.count(2)))
        names[root] = next(one for one in choices if one not in taken)
    return names


def _keep_roots(session: Session, library: Library) -> None:
    session.execute(delete(ContentRoot))
    for root, name in root_names(library).items():
        session.add(ContentRoot(name=name, place=str(root)[:500], public=root == default_root()))


def _keep_topics(session: Session, topics: Iterable[Topic]) -> None:
    for topic in topics:
        session.merge(
            StoredTopic(
                slug=topic.slug,
                title=topic.title,
                domain=topic.domain,
                order=topic.order,
                content=canonical.write(topic),
            )
        )


def take_in_warm_up() -> None:
    """Takes in what invited people try the pages with. It is never offered, drawn or chosen."""
    library = load_library([WARM_UP])
    items = [
        *map(_question, library.questions.values()),
        *(_task(one, library.topics[one.topic]) for one in library.tasks.values()),
    ]
    with writing() as session:
        _keep_topics(session, library.topics.values())
        known = set(session.scalars(select(FrozenItem.digest)))
        for item in items:
            item.current = False
            if item.digest not in known:
                session.add(item)


def _is_offered(item: Question | Task, topics: Iterable[str]) -> bool:
    return item.status is Status.PUBLISHED and item.topic in topics


def _offer(session: Session, offered: list[FrozenItem]) -> Taken:
    known = set(session.scalars(select(FrozenItem.digest)))
    before = set(session.scalars(select(FrozenItem.digest).where(FrozenItem.current)))
    now = {item.digest for item in offered}
    for gone in before - now:
        session.execute(update(FrozenItem).where(FrozenItem.digest == gone).values(current=False))
    for item in offered:
        if item.digest not in known:
            session.add(item)
        else:  # the kit has versions of ours beside what the task has
            renewed = {"current": True, "kit": item.kit, "concepts": item.concepts, "root": item.root}
            session.execute(update(FrozenItem).where(FrozenItem.digest == item.digest).values(renewed))
    return Taken(len(now - before), len(before - now))


def _question(question: Question) -> FrozenItem:
    whole = canonical.write(question)
    shown = {
        "kind": question.kind,
        "stem": question.stem,
        "options": [{"id": option.id, "text": option.text} for option in question.options],
    }
    return FrozenItem(
        digest=canonical.digest(whole),
        kind=ItemKind.QUESTION,
        item=question.id,
        revision=question.revision,
        title="",
        topic_slug=question.topic,
        level=question.level,
        pool=question.pool,
        minutes=None,
        concepts=list(question.concepts),
        current=True,
        public=question.folder.is_relative_to(default_root()),
        content=json.dumps(shown, ensure_ascii=False).encode(),
        secret=FrozenSecret(content=whole.encode()),
    )


def _task(task: Task, topic: Topic) -> FrozenItem:
    return FrozenItem(
        digest=task_digest(task),
        kind=ItemKind.TASK,
        item=task.id,
        revision=task.revision,
        title=task.title,
        topic_slug=task.topic,
        level=task.level,
        pool=task.pool,
        minutes=task.minutes,
        concepts=concepts_of(task),
        current=True,
        public=content_root(task) == default_root(),
        content=pack(public_half(task, topic)),
        kit=pack(candidate_kit(task, requirements=lock_file("x86_64").read_text("utf-8"), python=PYTHON)),
        secret=FrozenSecret(content=pack(hidden_half(task))),
    )


def concepts_of(task: Task) -> list[str]:
    """What its hidden tests give points for. Raises ContentError."""
    guards = load_reference(task).guards
    return list(dict.fromkeys(check.concept for check in load_hidden(task).checks if check.id not in guards))


def public_half(task: Task, topic: Topic) -> dict[str, bytes]:
    """What a candidate may be given, laid out as in a content root."""
    base = f"challenges/{task.topic}"
    files = {f"{base}/topic.toml": (topic.folder / "topic.toml").read_bytes()}
    files[f"{base}/tasks/{task.slug}/task.toml"] = (task.folder / "task.toml").read_bytes()
    for name, data in read_tree(task.folder / "public").items():
        files[f"{base}/tasks/{task.slug}/public/{name}"] = data
    return files


def hidden_half(task: Task) -> dict[str, bytes]:
    """What grading needs beside it. Reference solutions stay where they are: no verdict hangs on them."""
    base = f"challenges/{task.topic}/tasks/{task.slug}/hidden"
    files = {f"{base}/{name}": data for name, data in read_tree(task.folder / "hidden").items()}
    for name in REFERENCE:
        path = reference_folder(task) / name
        if path.is_file():
            files[f"reference/{task.topic}/{task.slug}/{name}"] = path.read_bytes()
    return files
