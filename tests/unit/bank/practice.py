"""Topics and questions made in memory, to draw from and to answer."""

from __future__ import annotations

from pathlib import Path

from harness.domain.content import Domain, Level, Option, Pool, Question, Status

TOPICS = {f"{domain}-{n}": domain for domain in Domain for n in (1, 2)}


def make_question(topic: str = "orm-1", slug: str = "one", level: Level = Level.MID, **changes: object) -> Question:
    """A question whose options are ``a`` to ``f``; ``a`` is right, in a "multi" one ``b`` as well."""
    multi = changes.get("kind") == "multi"
    options = tuple(
        Option(letter, f"says {letter}", f"why {letter}", correct=letter == "a" or (multi and letter == "b"))
        for letter in "abcdef"
    )
    values: dict[str, object] = {
        "kind": "single",
        "pool": Pool.PRACTICE,
        "status": Status.PUBLISHED,
        "revision": 1,
        "concepts": ("loading",),
        "references": ("Flask documentation",),
        "stem": f"What is {slug}?",
        "explanation": "So it is.",
        "options": options,
        "folder": Path(),
    }
    return Question(topic=topic, slug=slug, level=level, **values | changes)  # type: ignore[arg-type]


def make_questions(count: int) -> list[Question]:
    """``count`` questions of each topic and level."""
    return [make_question(topic, f"{level}-{n}", level) for topic in TOPICS for level in Level for n in range(count)]
