"""What is examined: a task with both its halves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.content.hidden import Hidden, load_hidden, load_reference, task_digest

if TYPE_CHECKING:
    from harness.domain.content import Reference, Task


@dataclass(frozen=True, slots=True)
class Exam:
    """A task with its hidden half: all that grading needs to know of it."""

    task: Task
    hidden: Hidden
    reference: Reference
    digest: str

    @classmethod
    def of(cls, task: Task) -> Exam:
        """Reads the hidden half. Raises ContentError."""
        return cls(task, load_hidden(task), load_reference(task), task_digest(task))
