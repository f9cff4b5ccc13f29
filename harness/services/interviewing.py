"""Five questions for the interview, out of what this person wrote, answered and missed. The authors wrote them.

First what their code believes, then what failed in code although they know it, what failed in code otherwise, what they
answered wrongly, and last what they do well: an interview also wants something that goes right. No concept comes twice,
and the same report gives the same questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from harness.services import frozen
from harness.services.joining import Cell, Joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.domain.content import Topic
    from harness.services.reporting import AttemptReport, TaskLine

HOW_MANY = 5
REASONS = {  # in the order in which they are asked
    Cell.KNOWS: "right in questions, and wrong in the code",
    Cell.NEITHER: "wrong in questions and in the code",
    Cell.BUILT_WRONG: "wrong in the code",
    Cell.DOES: "right in the code, and wrong in questions",
    Cell.ASKED_WRONG: "wrong in questions",
    Cell.BOTH: "right in questions and in the code: how far does it go?",
    Cell.BUILT_RIGHT: "right in the code: how far does it go?",
    Cell.ASKED_RIGHT: "right in questions: how far does it go?",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask. ``belief`` is Markdown that completes "the code behaves as if"; empty without a diagnosis.

    ``reason`` says why this person is asked it, ``evidence`` has what it rests on.
    """

    text: str
    belief: str
    reason: str
    evidence: Joined


def questions(report: AttemptReport, concepts: Sequence[Joined]) -> list[Asked]:
    """At most five, fewer where there is less evidence."""
    return list(islice(_all(report, {(one.topic, one.concept): one for one in concepts}), HOW_MANY))


def _all(report: AttemptReport, concepts: Mapping[tuple[str, str], Joined]) -> Iterator[Asked]:
    topics = Topics(report)
    used: set[tuple[str, str]] = set()
    for task in report.tasks:
        for asked in _diagnosed(task, topics, concepts):
            key = (asked.evidence.topic, asked.evidence.concept)
            if key not in used:
                used.add(key)
                yield asked
    for cell, reason in REASONS.items():
        for key, one in concepts.items():
            concept = topics[one.topic].concepts.get(one.concept)
            if key not in used and one.cell is cell and concept is not None:
                used.add(key)
                yield Asked(concept.interview, "", reason, one)


def _diagnosed(task: TaskLine, topics: Topics, concepts: Mapping[tuple[str, str], Joined]) -> Iterator[Asked]:
    slug = task.item.frozen.topic_slug
    for one in task.report.diagnoses if task.report else ():
        belief = topics[slug].misconceptions[one.misconception]
        evidence = concepts.get((slug, belief.concept))
        if evidence is not None:
            text = belief.interview or topics[slug].concepts[belief.concept].interview
            yield Asked(text, belief.belief, "", evidence)


class Topics:
    """Topics as they were published with this attempt's tasks, and as they are now for questions alone."""

    def __init__(self, report: AttemptReport) -> None:
        self._known = {
            task.item.frozen.topic_slug: frozen.topic_with(task.item.frozen) for task in reversed(report.tasks)
        }

    def __getitem__(self, slug: str) -> Topic:
        if slug not in self._known:
            self._known[slug] = frozen.topic_of(slug)
        return self._known[slug]
