"""Checks of a topic as a whole: its parts are enough, and concepts join questions with tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.content.checks import minimums
from harness.content.diagnostics import Diagnostic, error
from harness.content.hidden import named_folders
from harness.domain.content import Pool, ShownIn, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.content.checks.material import TopicMaterial

IN_QUESTION = (ShownIn.QUESTION, ShownIn.BOTH)
IN_CODE = (ShownIn.CODE, ShownIn.BOTH)


def misconception_concepts(material: TopicMaterial) -> Iterator[Diagnostic]:
    """A misconception is about a concept of its topic."""
    for misconception in material.topic.misconceptions.values():
        if misconception.concept not in material.topic.concepts:
            yield error(
                material.at(),
                f"`misconceptions.{misconception.id}` names the concept {misconception.concept!r}, which is not here",
            )


def counts(material: TopicMaterial) -> Iterator[Diagnostic]:
    """A published topic has enough concepts and questions."""
    if material.topic.status is Status.DRAFT:
        return
    unread = len(named_folders(material.topic.folder / "questions")) - len(material.questions)
    published = sum(question.published for question in material.questions) + unread
    for number, least, what in (
        (len(material.topic.concepts), minimums.CONCEPTS, "concepts"),
        (published, minimums.QUESTIONS, "published questions"),
    ):
        if number < least:
            yield error(material.at(), f"has {number} {what}; {least} are needed")


def twins(material: TopicMaterial) -> Iterator[Diagnostic]:
    """What is shown in a question has one to practise with; what is shown in code has its test or wrong solution.

    A draft task counts: whoever writes one says in the topic what it shows, and proves both together.
    """
    if material.topic.status is Status.DRAFT or not material.whole:
        return  # with an item missing, what it would have shown can't be known
    practice = [m.question for m in material.questions if m.published and m.question.pool is Pool.PRACTICE]
    tasks = material.tasks
    asked = {concept for question in practice for concept in question.concepts}
    tempting = {option.misconception for question in practice for option in question.options}
    tested = {check.concept for task in tasks for check in task.hidden.checks}
    shown = {wrong.misconception for task in tasks for wrong in task.reference.expectations.values()}
    for concept in material.topic.concepts.values():
        if concept.shown_in in IN_QUESTION and concept.id not in asked:
            yield error(material.at(), f"the concept {concept.id!r} has no practice question ({concept.shown_in})")
        if concept.shown_in in IN_CODE and concept.id not in tested:
            yield error(material.at(), f"the concept {concept.id!r} has no hidden test ({concept.shown_in})")
    for wrong in material.topic.misconceptions.values():
        if wrong.shown_in in IN_QUESTION and wrong.id not in tempting:
            yield error(
                material.at(),
                f"the misconception {wrong.id!r} is no option of a practice question ({wrong.shown_in})",
            )
        if wrong.shown_in in IN_CODE and wrong.id not in shown:
            yield error(material.at(), f"the misconception {wrong.id!r} has no wrong solution ({wrong.shown_in})")


CHECKS = (misconception_concepts, counts, twins)
