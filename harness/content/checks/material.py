"""What the checks look at: a topic with all that belongs to it, both halves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.content.hidden import Hidden, content_root, read_hidden, read_reference
from harness.content.manifest import relative
from harness.domain.content import Question, Reference, Status, Task, TaskKind, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from harness.content.diagnostics import Diagnostic
    from harness.content.library import Library


@dataclass(frozen=True, slots=True)
class TaskMaterial:
    """A task with its hidden half and reference, as far as they could be read, and its topic."""

    task: Task
    hidden: Hidden
    reference: Reference
    topic: Topic

    @property
    def root(self) -> Path:
        return content_root(self.task)

    @property
    def published(self) -> bool:
        return Status.DRAFT not in (self.task.status, self.topic.status)

    @property
    def writes_tests(self) -> bool:
        return self.task.kind is TaskKind.TEST

    @property
    def check_ids(self) -> frozenset[str]:
        return frozenset(check.id for check in self.hidden.checks)

    def at(self, path: str = "") -> str:
        """How a diagnostic names ``path`` of the task's folder."""
        return relative(self.task.folder / path, self.root)

    def reference_at(self, path: str = "") -> str:
        """How a diagnostic names ``path`` of the reference's folder."""
        return relative(self.reference.folder / path, self.root)


@dataclass(frozen=True, slots=True)
class QuestionMaterial:
    """A question and its topic."""

    question: Question
    topic: Topic

    @property
    def root(self) -> Path:
        return self.question.folder.parents[3]

    @property
    def published(self) -> bool:
        return Status.DRAFT not in (self.question.status, self.topic.status)

    def at(self, path: str = "question.toml") -> str:
        """How a diagnostic names ``path`` of the question's folder."""
        return relative(self.question.folder / path, self.root)


@dataclass(frozen=True, slots=True)
class TopicMaterial:
    """A topic, its questions and its tasks.

    ``whole`` is false where something that joins questions with code could not be loaded.
    """

    topic: Topic
    questions: tuple[QuestionMaterial, ...]
    tasks: tuple[TaskMaterial, ...]
    whole: bool

    @property
    def root(self) -> Path:
        return self.topic.folder.parents[1]

    def at(self, path: str = "topic.toml") -> str:
        """How a diagnostic names ``path`` of the topic's folder."""
        return relative(self.topic.folder / path, self.root)


def gather(library: Library, topic: Topic, faults: list[Diagnostic]) -> TopicMaterial:
    """The material of ``topic``; what can't be read of its hidden halves goes to ``faults``."""
    before = len(faults)
    tasks = tuple(
        TaskMaterial(task, read_hidden(task, faults), read_reference(task, faults), topic)
        for task in library.tasks.values()
        if task.topic == topic.slug
    )
    questions = tuple(
        QuestionMaterial(question, topic) for question in library.questions.values() if question.topic == topic.slug
    )
    own = f"challenges/{topic.slug}/"
    loaded = not any(fault.where.startswith(own) for fault in library.diagnostics)
    read = all(fault.where.endswith("explanation.md") for fault in faults[before:])
    return TopicMaterial(topic, questions, tasks, whole=loaded and read)
