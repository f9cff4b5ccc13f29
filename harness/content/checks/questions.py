"""Checks of a question's own text and key."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from typing import TYPE_CHECKING

from harness.content.checks import minimums
from harness.content.diagnostics import Diagnostic, error, warning
from harness.content.public import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.content.checks.material import QuestionMaterial

CATCH_ALL = re.compile(r"\b(all|none|both|neither) of (the|these) (above|others|options|answers)\b", re.IGNORECASE)


def options(material: QuestionMaterial) -> Iterator[Diagnostic]:
    """Six options, each with an id and a text of its own."""
    found = material.question.options
    if len(found) != minimums.OPTIONS:
        yield error(material.at(), f"has {len(found)} options; it needs {minimums.OPTIONS}")
    for name, number in Counter(option.id for option in found).items():
        if number > 1:
            yield error(material.at(), f"the option id {name!r} is used {number} times")
    for text, number in Counter(" ".join(option.text.split()) for option in found).items():
        if number > 1:
            yield error(material.at(), f"{number} options have the same text: {text[:60]!r}")
    for option in found:
        if CATCH_ALL.search(option.text):
            yield error(material.at(), f"the option {option.id!r} speaks of the others, which are shuffled")


def key(material: QuestionMaterial) -> Iterator[Diagnostic]:
    """One right option in a "single"; in a "multi" at least one right and one wrong."""
    right, all_ = len(material.question.right), len(material.question.options)
    if material.question.kind == QuestionKind.SINGLE and right != 1:
        yield error(material.at(), f"has {right} right options; a single has exactly one")
    if material.question.kind == QuestionKind.MULTI and not 0 < right < all_:
        yield error(material.at(), f"has {right} right options of {all_}; a multi has some of both")
    for option in material.question.right:
        if option.misconception:
            yield error(material.at(), f"the option {option.id!r} is right and tempts with a misconception")


def names(material: QuestionMaterial) -> Iterator[Diagnostic]:
    """Concepts and misconceptions are those of the topic."""
    if not material.question.concepts:
        yield error(material.at(), "`concepts` is empty: a question is about at least one")
    for concept in material.question.concepts:
        if concept not in material.topic.concepts:
            yield error(material.at(), f"names the concept {concept!r}, which {material.topic.slug} has not")
    for option in material.question.options:
        if option.misconception and option.misconception not in material.topic.misconceptions:
            yield error(
                material.at(),
                f"the option {option.id!r} names the misconception {option.misconception!r}, "
                f"which {material.topic.slug} has not",
            )


def lengths(material: QuestionMaterial) -> Iterator[Diagnostic]:
    """No option gives itself away by its length."""
    sizes = {option.id: len(option.text) for option in material.question.options}
    if len(sizes) < 2:
        return
    middle = statistics.median(sizes.values())
    for name, size in sizes.items():
        ratio = max(size, middle) / max(1, min(size, middle))
        if ratio > minimums.OUTLIER_RATIO and abs(size - middle) > minimums.OUTLIER_CHARACTERS:
            yield warning(material.at(), f"the option {name!r} has {size} characters; the middle one has {middle:g}")
    if len(material.question.right) == 1:
        right = material.question.right[0].id
        longest = max(size for name, size in sizes.items() if name != right)
        if sizes[right] > longest * minimums.LONGEST_SHARE:
            yield warning(
                material.at(), f"the right option {right!r} is the longest by far: {sizes[right]} to {longest}"
            )


CHECKS = (options, key, names, lengths)
