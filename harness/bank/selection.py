"""Which questions an attempt may draw from. Drafts never; of the two pools, the one that was asked for."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from harness.domain.content import Domain, Level, Pool, Question, Status, Topic
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from harness.content.library import Library


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person wants to practise. An empty field admits everything; a concept is ``name`` or ``topic/name``."""

    topics: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()
    levels: tuple[Level, ...] = ()
    concepts: tuple[str, ...] = ()

    def admits(self, question: Question, topic: Topic) -> bool:
        names = {*question.concepts, *(f"{question.topic}/{concept}" for concept in question.concepts)}
        return (
            (not self.topics or question.topic in self.topics)
            and (not self.domains or topic.domain in self.domains)
            and (not self.levels or question.level in self.levels)
            and (not self.concepts or not names.isdisjoint(self.concepts))
        )

    def __str__(self) -> str:
        return json.dumps({name: values for name, values in asdict(self).items() if values})


def eligible(library: Library, pool: Pool, only: Filter | None = None) -> list[Question]:
    """The published questions of published topics in ``pool`` that the filter admits.

    Raises UsageError for a topic or concept that the library does not have.
    """
    only = only or Filter()
    _known("topic", only.topics, library.topics)
    concepts = [(topic.slug, concept) for topic in library.topics.values() for concept in topic.concepts]
    _known(
        "concept", only.concepts, [*(c for _, c in concepts), *(f"{topic}/{concept}" for topic, concept in concepts)]
    )
    return [
        question
        for question in library.questions.values()
        if question.pool is pool
        and question.status is Status.PUBLISHED
        and (topic := library.topics.get(question.topic)) is not None
        and topic.status is Status.PUBLISHED
        and only.admits(question, topic)
    ]


def _known(kind: str, asked: Sequence[str], names: Collection[str]) -> None:
    for name in asked:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=3)
            advice = f"Did you mean {' or '.join(close)}? " if close else ""
            raise UsageError(f"There is no {kind} {name!r}. {advice}`assay quiz --list-concepts` lists them all.")
