"""Five questions for the interview, out of what this person wrote, answered and missed. The authors wrote them.

First what their code believes, then what failed in code although they know it, what failed in code otherwise, and what
they answered wrongly. The last is about something that they do well, where there is anything: an interview also wants
something that goes right. No concept comes twice, unless the code has two beliefs about it; the same report gives the
same questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.domain.verdicts import Outcome
from harness.services import frozen
from harness.services.joining import Built, Cell, Joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.domain.content import Concept
    from harness.reports.model import DiagnosisView
    from harness.services.reporting import AttemptReport, TaskLine
    from harness.store.models import FrozenItem

HOW_MANY = 5
WENT_WRONG = {  # in the order in which they are asked
    Cell.KNOWS: "right in questions, and wrong in the code",
    Cell.NEITHER: "wrong in questions and in the code",
    Cell.BUILT_WRONG: "wrong in the code",
    Cell.DOES: "right in the code, and wrong in questions",
    Cell.ASKED_WRONG: "wrong in questions",
}
WENT_WELL = {
    Cell.BOTH: "right in questions and in the code: how far does it go?",
    Cell.BUILT_RIGHT: "right in the code: how far does it go?",
    Cell.ASKED_RIGHT: "right in questions: how far does it go?",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask, and ``holds``, the sentence that a good answer comes to. All of it is Markdown.

    ``belief`` completes "the code behaves as if"; it is empty without a diagnosis, and ``reason`` then says why this
    person is asked it. It rests on ``evidence``: with a diagnosis on ``checks`` of the code.
    """

    text: str
    holds: str
    belief: str
    reason: str
    evidence: Joined
    checks: tuple[Built, ...] = ()


def questions(report: AttemptReport, concepts: Sequence[Joined]) -> list[Asked]:
    """At most five, fewer where there is less evidence."""
    topics = Topics(report, concepts)
    beliefs = list(_diagnosed(report, concepts, topics))[:HOW_MANY]
    used = {(one.evidence.topic, one.evidence.concept) for one in beliefs}
    wrong = [*beliefs, *_about(WENT_WRONG, concepts, used, topics)]
    well = list(_about(WENT_WELL, concepts, used, topics))
    return [*wrong[: HOW_MANY - bool(well)], *well][:HOW_MANY]


def _about(
    reasons: Mapping[Cell, str], concepts: Sequence[Joined], used: Collection[tuple[str, str]], topics: Topics
) -> Iterator[Asked]:
    """About the concepts that stand in one of these cells, without those that are used already."""
    for cell, reason in reasons.items():
        for one in concepts:
            found = topics.concept(one.topic, one.concept)
            if one.cell is cell and found is not None and (one.topic, one.concept) not in used:
                yield Asked(found.interview, found.definition, "", reason, one)


def _diagnosed(report: AttemptReport, concepts: Sequence[Joined], topics: Topics) -> Iterator[Asked]:
    """What the code believes. A question that two beliefs share is asked once."""
    asked: set[str] = set()
    for task in report.tasks:
        for one in task.report.diagnoses if task.report else ():
            topic = task.item.frozen.topic_slug
            text, checks = topics.question(topic, one), tuple(_failed(task, one, concepts))
            if text and text not in asked and checks:
                asked.add(text)
                about = next((it for it in concepts if (it.topic, it.concept) == (topic, one.concept)), checks[0][0])
                yield Asked(text, one.definition, one.belief, "", about, tuple(built for _, built in checks))


def _failed(task: TaskLine, found: DiagnosisView, concepts: Iterable[Joined]) -> Iterator[tuple[Joined, Built]]:
    """The checks that a diagnosis rests on, each with its concept, which may be another one than the belief's."""
    for one in concepts:
        for built in one.checks:
            failed = built.task.number == task.number and built.check.outcome == Outcome.FAILED
            if failed and built.check.title in found.checks:
                yield one, built


class Topics:
    """The words of the topics' authors: as they are now, since no verdict hangs on them; else as this attempt was
    judged by them.
    """

    def __init__(self, report: AttemptReport, concepts: Iterable[Joined]) -> None:
        now = frozen.topics_of({one.topic for one in concepts})
        then = {task.item.frozen.topic_slug: frozen.topic_with(_judged_by(task)) for task in reversed(report.tasks)}
        self._known = {slug: [topics[slug] for topics in (now, then) if slug in topics] for slug in {*now, *then}}

    def concept(self, topic: str, name: str) -> Concept | None:
        return next((one.concepts[name] for one in self._known.get(topic, ()) if name in one.concepts), None)

    def question(self, topic: str, found: DiagnosisView) -> str:
        """What to ask whoever seems to believe it: the belief's own question, else its concept's."""
        beliefs = [one.misconceptions.get(found.misconception) for one in self._known.get(topic, ())]
        own = next((one.interview for one in beliefs if one is not None and one.interview), "")
        concept = self.concept(topic, found.concept)
        return own or (concept.interview if concept else "")


def _judged_by(task: TaskLine) -> FrozenItem:
    result = task.mark.result
    return frozen.version(task.item, result.task_digest) if result else task.item.frozen
