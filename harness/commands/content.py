"""What commands read of the content, with errors that a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.content.library import Library
    from harness.domain.content import Question, Task, Topic


@dataclass(frozen=True, slots=True)
class Chosen:
    """A task and what its reports lead to."""

    task: Task
    topic: Topic
    questions: tuple[Question, ...]


def choose(roots: Sequence[Path], name: str) -> tuple[Library, Chosen]:
    """The task ``name`` with its topic and the topic's questions. Raises UsageError, ContentError."""
    from harness.content.library import load_library
    from harness.domain.errors import ContentError

    library = load_library(roots)
    task = library.task(name)
    if task.topic not in library.topics:
        faults = "\n".join(str(fault) for fault in library.diagnostics)
        raise ContentError(
            f"The topic of {task.id} can't be read: challenges/{task.topic}/topic.toml.\n{faults}".strip()
        )
    questions = tuple(question for question in library.questions.values() if question.topic == task.topic)
    return library, Chosen(task, library.topics[task.topic], questions)
