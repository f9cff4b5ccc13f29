"""Checks of what lies where: a folder or file that nothing reads is mostly a misspelt one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KNOWN = {
    "challenges/*": {"topic.toml", "questions", "tasks"},
    "challenges/*/questions/*": {"question.toml", "evidence.py"},
    "challenges/*/tasks/*": {"task.toml", "public", "hidden"},
    "challenges/*/tasks/*/hidden": {"tests", "data", "subjects"},
    "reference/*/*": {"solution", "equivalents", "wrong", "heldout", "expected.toml", "explanation.md"},
}


def unknown_files(root: Path) -> Iterator[Diagnostic]:
    """Every folder of content holds only what the loader looks for."""
    for pattern, known in KNOWN.items():
        for folder in sorted(root.glob(pattern)):
            if not folder.is_dir() or _is_litter(folder):
                continue
            for path in sorted(folder.iterdir()):
                if path.name not in known and not _is_litter(path):
                    names = ", ".join(sorted(known))
                    yield error(relative(path, root), f"is not read by anything; known here are {names}")


def stray_references(root: Path) -> Iterator[Diagnostic]:
    """Every reference belongs to a task."""
    for folder in sorted(root.glob("reference/*/*")):
        if folder.is_dir() and not (root / "challenges" / folder.parent.name / "tasks" / folder.name).is_dir():
            yield error(relative(folder, root), "belongs to no task")


def _is_litter(path: Path) -> bool:
    return path.name.startswith((".", "__"))


CHECKS = (unknown_files, stray_references)
