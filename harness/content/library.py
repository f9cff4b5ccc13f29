"""The library: every topic, question and task of one or several content roots, by id."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative
from harness.content.public import load_question, load_task, load_topic
from harness.domain.content import Domain, Question, Task, Topic
from harness.domain.errors import UsageError

T = TypeVar("T")
Loader = Callable[[Path, Path, list[Diagnostic]], T | None]
Loaded = tuple[Mapping[str, T], tuple[Diagnostic, ...]]


def default_root() -> Path:
    """The content that comes with assay: the folder that holds its ``challenges``."""
    return Path(__file__).resolve().parents[2]


def load_library(roots: Sequence[Path] = ()) -> Library:
    """The library of ``roots``, or of assay's own content where none is given.

    A root is a folder with ``challenges/`` and, beside it, ``reference/``. Raises UsageError for a folder
    that is no root. Faults of single items raise nothing: they are the library's ``diagnostics``.
    """
    chosen = [Path(root).resolve() for root in roots] or [default_root()]
    for root in chosen:
        if not (root / "challenges").is_dir():
            raise UsageError(f"{root} is no content root: it has no folder `challenges`. Name another with --content.")
    return Library(tuple(dict.fromkeys(chosen)))


class Library:
    """What the roots hold. Each kind of item is read when it is first asked for.

    An item with a fault is left out of the mappings and stands in ``diagnostics``; the others are not touched
    by it. Where two roots have the same id, the first root's item counts and the second is a diagnostic.
    """

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self.roots = roots

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by slug, in the order of domain and ``order``."""
        return self._topics[0]

    @property
    def questions(self) -> Mapping[str, Question]:
        """Questions by ``topic/slug``."""
        return self._questions[0]

    @property
    def tasks(self) -> Mapping[str, Task]:
        """Tasks by ``topic/slug``."""
        return self._tasks[0]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the files of any item. Reads whatever has not been read yet."""
        return (*self._topics[1], *self._questions[1], *self._tasks[1])

    @property
    def task_diagnostics(self) -> tuple[Diagnostic, ...]:
        """The part of ``diagnostics`` that is about tasks, for whoever needs no more than those read."""
        return self._tasks[1]

    def task(self, name: str) -> Task:
        """The task ``name``, as ``topic/slug``, or as its slug or topic where only one task is meant by it.

        Raises UsageError, which names the closest ids, or says what is wrong with the task's files.
        """
        if name in self.tasks:
            return self.tasks[name]
        meant = [task for task in self.tasks.values() if name in (task.slug, task.topic)]
        if len(meant) == 1:
            return meant[0]
        faults = [str(fault) for fault in self._tasks[1] if f"/{_folder(name)}/" in f"/{fault.where}/"]
        if faults:
            raise UsageError(f"The task {name!r} has faults in its files:\n" + "\n".join(faults))
        raise UsageError(f"There is no task {name!r}.{self._advice(name, [task.id for task in meant])}")

    def _advice(self, name: str, meant: Sequence[str]) -> str:
        if meant:
            return f" It may be one of: {', '.join(meant)}."
        names = {task.slug: task.id for task in self.tasks.values()} | {id_: id_ for id_ in self.tasks}
        close = dict.fromkeys(names[near] for near in difflib.get_close_matches(name, names, n=5, cutoff=0.5))
        advice = f" Did you mean {' or '.join(list(close)[:3])}?" if close else ""
        return f"{advice} `assay tasks` lists them all."

    @cached_property
    def _topics(self) -> Loaded[Topic]:
        topics, faults = self._load("*", load_topic, lambda topic: topic.slug)
        domains = list(Domain)
        ordered = sorted(topics.values(), key=lambda topic: (domains.index(topic.domain), topic.order))
        return {topic.slug: topic for topic in ordered}, faults

    @cached_property
    def _questions(self) -> Loaded[Question]:
        return self._load("*/questions/*", load_question, lambda question: question.id)

    @cached_property
    def _tasks(self) -> Loaded[Task]:
        return self._load("*/tasks/*", load_task, lambda task: task.id)

    def _load(self, pattern: str, load: Loader[T], name: Callable[[T], str]) -> Loaded[T]:
        items: dict[str, T] = {}
        faults: list[Diagnostic] = []
        for root in self.roots:
            for folder in _folders(root, pattern):
                item = load(folder, root, faults)
                if item is None:
                    continue
                if name(item) in items:
                    faults.append(error(relative(folder, root), f"{name(item)} is already in another content root"))
                else:
                    items[name(item)] = item
        return items, tuple(faults)


def _folder(name: str) -> str:
    topic, _, slug = name.partition("/")
    return f"challenges/{topic}/tasks/{slug}"


def _folders(root: Path, pattern: str) -> Iterator[Path]:
    for folder in sorted((root / "challenges").glob(pattern)):
        if folder.is_dir() and not folder.name.startswith((".", "__")):
            yield folder
