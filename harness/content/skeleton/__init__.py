"""The files that a new topic or task begins with: small, and proven by ``assay verify`` as they are, as drafts."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from harness.content.manifest import is_slug
from harness.domain.content import Domain, Level, TaskKind
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUESTION = "first-question"
MODULE = "app"


def topic_files(slug: str, title: str, domain: Domain, order: int) -> dict[str, str]:
    """The files of a new topic by their path below the content root. Raises UsageError for a bad slug."""
    _check(slug)
    words = {"title": title, "domain": domain.value, "order": str(order)}
    question = f"challenges/{slug}/questions/{QUESTION}"
    return {
        f"challenges/{slug}/topic.toml": _text("topic.toml", words),
        f"{question}/question.toml": _text("question.toml", words),
        f"{question}/evidence.py": _text("evidence.py", words),
    }


def task_files(topic: str, slug: str, title: str, kind: TaskKind, level: Level, minutes: int) -> dict[str, str]:
    """The files of a new task, both halves and its reference. Raises UsageError for a bad slug or kind."""
    _check(slug)
    if kind is TaskKind.TEST:
        raise UsageError(
            "A task of the kind `test` has no skeleton: begin with a copy of pytest-testing/test-the-wallet."
        )
    words = {"title": title, "kind": kind.value, "level": level.value, "minutes": str(minutes), "module": MODULE}
    task, reference = f"challenges/{topic}/tasks/{slug}", f"reference/{topic}/{slug}"
    return {
        f"{task}/task.toml": _text("task.toml", words),
        f"{task}/public/brief.md": _text("brief.md", words),
        f"{task}/public/starter/{MODULE}.py": _text("starter.py", words),
        f"{task}/public/tests/test_public.py": _text("test_public.py", words),
        f"{task}/hidden/tests/test_hidden.py": _text("test_hidden.py", words),
        f"{reference}/solution/{MODULE}.py": _text("solution.py", words),
        f"{reference}/expected.toml": _text("expected.toml", words),
        f"{reference}/explanation.md": _text("explanation.md", words),
    }


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Writes ``files`` below ``root``. Raises UsageError where one is already there, and writes nothing then."""
    if taken := [name for name in files if (root / name).exists()]:
        raise UsageError(f"{taken[0]} is already there: nothing was written. Choose another name.")
    try:
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise UsageError(f"{root} can't be written to: {problem.strerror}.") from problem


def _check(slug: str) -> None:
    if not is_slug(slug):
        raise UsageError(f"{slug!r} is no name for a folder of content: lower-case letters, digits and hyphens.")


def _text(name: str, words: Mapping[str, str]) -> str:
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return re.sub(r"<<(\w+)>>", lambda match: words[match[1]], text)
