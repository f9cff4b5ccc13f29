"""What a reader finds in a file: questions that can be kept, and what is to be said about the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.bank.exports.udemy import OPTIONS
from harness.content.diagnostics import Diagnostic, error, warning
from harness.domain.content import Pool

if TYPE_CHECKING:
    from harness.domain.content import Level

TO_WRITE = "To be written."  # stands where our format wants a text and the file has none


@dataclass(frozen=True, slots=True)
class FoundOption:
    text: str  # Markdown, like every text here
    why: str
    correct: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A question of a file. ``name`` is what its id is made of, ``note`` what the file says of it besides."""

    where: str
    name: str
    multi: bool
    stem: str
    explanation: str
    options: tuple[FoundOption, ...]
    references: tuple[str, ...] = ()
    level: Level | None = None
    pool: Pool = Pool.PRACTICE
    note: str = ""


@dataclass(slots=True)
class Reading:
    """What was read so far. An error means that a question is not imported, a warning that it needs work."""

    questions: list[Found] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def keep(self, found: Found, faults: list[str]) -> None:
        """Takes a question that has no ``faults``, and notes what it lacks; otherwise notes the faults."""
        faults = faults + _key_faults(found)
        self.findings += [error(found.where, f"not imported: {fault}") for fault in faults]
        if not faults:
            self.findings += [warning(found.where, lack) for lack in _lacks(found)]
            self.questions.append(found)

    def refuse(self, where: str, reason: str) -> None:
        """Notes what is not imported."""
        self.findings.append(error(where, f"not imported: {reason}"))

    def warn(self, where: str, message: str) -> None:
        """Notes what is imported only in part."""
        self.findings.append(warning(where, message))


def _key_faults(found: Found) -> list[str]:
    faults = []
    right = sum(option.correct for option in found.options)
    if not found.stem:
        faults.append("it has no question")
    if len(found.options) < 2:
        faults.append(f"it has {len(found.options)} options, which is no choice")
    if not found.multi and right != 1:
        faults.append(f"it has {right} right answers; a single choice has exactly one")
    if found.multi and not 0 < right < len(found.options):
        faults.append(f"{right} of its {len(found.options)} answers are right; a multiple choice has some of both")
    return faults


def _lacks(found: Found) -> list[str]:
    lacks = []
    if len(found.options) != OPTIONS:
        lacks.append(f"has {len(found.options)} options; it needs {OPTIONS} before it can be published")
    bare = sum(option.why == TO_WRITE for option in found.options)
    if bare:
        lacks.append(f"{bare} of its options have no explanation; `why` says {TO_WRITE!r}")
    if found.explanation == TO_WRITE:
        lacks.append(f"has no overall explanation; `explanation` says {TO_WRITE!r}")
    return lacks
