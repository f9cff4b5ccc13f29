"""What loading and checking find: diagnostics are collected, so that an author sees all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # the item can't be published, or can't be loaded at all
    WARNING = "warning"  # worth a look; a person decides


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding. ``where`` is the file's path relative to its content root, with ``/``."""

    where: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.severity.value}: {self.message}"


def error(where: str, message: str) -> Diagnostic:
    """A finding that makes the item unfit."""
    return Diagnostic(where, message, Severity.ERROR)


def warning(where: str, message: str) -> Diagnostic:
    """A finding for a person to judge."""
    return Diagnostic(where, message, Severity.WARNING)
