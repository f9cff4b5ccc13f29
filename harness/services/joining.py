"""What somebody knows against what they can do, concept by concept, with the evidence: for those who decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.domain.content import Domain
from harness.domain.verdicts import Outcome
from harness.reports.build import concept_name
from harness.services.domains import Share, tells

if TYPE_CHECKING:
    from harness.reports.model import CheckView
    from harness.services.reporting import AttemptReport, QuestionLine, TaskLine


class Cell(StrEnum):
    """Where a concept stands. Right is all of it: one question or check that went wrong makes it wrong."""

    BOTH = "right in questions, right in code"
    KNOWS = "right in questions, wrong in code"
    DOES = "wrong in questions, right in code"
    NEITHER = "wrong in questions, wrong in code"
    ASKED_RIGHT = "right in questions, not built"
    ASKED_WRONG = "wrong in questions, not built"
    BUILT_RIGHT = "not asked, right in code"
    BUILT_WRONG = "not asked, wrong in code"


GRID = {  # by what is known and what is done; None is not asked, and not built
    (True, True): Cell.BOTH,
    (True, False): Cell.KNOWS,
    (False, True): Cell.DOES,
    (False, False): Cell.NEITHER,
    (True, None): Cell.ASKED_RIGHT,
    (False, None): Cell.ASKED_WRONG,
    (None, True): Cell.BUILT_RIGHT,
    (None, False): Cell.BUILT_WRONG,
}


@dataclass(frozen=True, slots=True)
class Built:
    """A check as evidence, and the task that it belongs to."""

    task: TaskLine
    check: CheckView


@dataclass(slots=True)
class Joined:
    """A concept that was asked, built, or both; what could not be judged, or what
    the starter did already, is no evidence."""

    domain: Domain
    topic: str
    concept: str
    questions: list[QuestionLine] = field(default_factory=list)
    checks: list[Built] = field(default_factory=list)

    @property
    def name(self) -> str:
        return concept_name(self.concept)

    @property
    def anchor(self) -> str:
        return f"{self.topic}-{self.concept}"

    @property
    def know(self) -> Share:
        return Share(sum(bool(line.right) for line in self.questions), len(self.questions))

    @property
    def do(self) -> Share:
        return Share(sum(one.check.outcome == Outcome.PASSED for one in self.checks), len(self.checks))

    @property
    def cell(self) -> Cell:
        know, do = (None if not one.whole else one.part == one.whole for one in (self.know, self.do))
        return GRID[know, do]


def joined(report: AttemptReport) -> list[Joined]:
    """Every concept with evidence, by domain, topic and name. For a report that may see keys."""
    found: dict[tuple[str, str], Joined] = {}

    def at(domain: Domain, topic: str, concept: str) -> Joined:
        return found.setdefault((topic, concept), Joined(domain, topic, concept))

    for line in report.questions:
        topic = line.item.frozen.topic
        for concept in line.question.concepts if line.question else ():
            at(topic.domain, topic.slug, concept).questions.append(line)
    for task in report.tasks:
        topic = task.item.frozen.topic
        for group in task.report.concepts if task.report else ():
            judged = [Built(task, one) for one in group.checks if tells(one)]
            if judged:
                at(topic.domain, topic.slug, group.id).checks.extend(judged)
    order = list(Domain)
    return sorted(found.values(), key=lambda one: (order.index(one.domain), one.topic, one.concept))


def by_cell(concepts: Iterable[Joined]) -> dict[Cell, list[Joined]]:
    """All cells, also the empty ones."""
    cells: dict[Cell, list[Joined]] = {cell: [] for cell in Cell}
    for one in concepts:
        cells[one.cell].append(one)
    return cells
