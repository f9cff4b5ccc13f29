"""Runs every check over a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.content.checks import evidence, questions, references, structure, tasks, topics
from harness.content.checks.material import TopicMaterial, gather

if TYPE_CHECKING:
    from collections.abc import Collection

    from harness.content.diagnostics import Diagnostic
    from harness.content.library import Library


def check_library(library: Library, only: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """All findings about ``library``, from loading on, sorted by file, each once.

    ``only`` names topics; empty means all of them. A topic that can't be loaded has no findings but that.
    """
    found: list[Diagnostic] = list(library.diagnostics)
    for root in library.roots:
        for look in structure.CHECKS:
            found += look(root)
    for topic in library.topics.values():
        if not only or topic.slug in only:
            found += _check_topic(gather(library, topic, found))
    if only:
        found = [finding for finding in found if _topic_of(finding) in only]
    return tuple(sorted(set(found)))


def _check_topic(material: TopicMaterial) -> list[Diagnostic]:
    found = [finding for check in topics.CHECKS for finding in check(material)]
    for question in material.questions:
        found += [finding for check in (*questions.CHECKS, *evidence.CHECKS) for finding in check(question)]
    for task in material.tasks:
        found += [finding for check in tasks.CHECKS for finding in check(task)]
        if task.published or task.reference.folder.is_dir():
            found += [finding for check in references.CHECKS for finding in check(task)]
    return found


def _topic_of(finding: Diagnostic) -> str:
    parts = finding.where.split("/")
    return parts[1] if len(parts) > 1 else ""
