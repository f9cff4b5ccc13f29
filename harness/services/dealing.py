"""What one person of an assessment gets: the same items as everybody, or a draw of their own from what was frozen.

Where each draws their own, publishing froze all that may be drawn. Every such item stands in a cell, of a domain and
level or of a task's level; each person gets so many of a cell as the blueprint says, spread over its topics. Items of a
cell weigh the same, so that no draw is worth more than another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from harness.bank import blueprint as blueprints
from harness.bank.draw import shuffled, spread
from harness.services.drawing import Offer
from harness.store.models import ItemKind, Part

if TYPE_CHECKING:
    from harness.store.models import Assessment, AssessmentItem, FrozenItem

TASK = "task"


def cell_of(frozen: FrozenItem) -> str:
    """The cell that an item belongs to."""
    return f"{TASK if frozen.kind is ItemKind.TASK else frozen.topic.domain.value}:{frozen.level.value}"


def part_of(frozen: FrozenItem) -> Part:
    return Part.QUESTIONS if frozen.kind is ItemKind.QUESTION else Part.TASKS


def question_numbers(assessment: Assessment) -> dict[str, int]:
    """How many questions of each cell the blueprint asks for."""
    cells = str(assessment.blueprint.get("cells", ""))
    parsed = blueprints.parse(cells).cells if cells.strip() else {}
    return {f"{domain.value}:{level.value}": count for (domain, level), count in parsed.items()}


def numbers(assessment: Assessment) -> Mapping[str, int]:
    """How many of each cell a person draws, by the blueprint."""
    found = question_numbers(assessment)
    return found | {f"{TASK}:{level}": int(count) for level, count in assessment.blueprint.get("tasks", {}).items()}


def offered(assessment: Assessment) -> dict[Part, int]:
    """How many items each part has for one person; a part without any is left out."""
    counts = dict.fromkeys(Part, 0)
    cells: dict[str, list[AssessmentItem]] = defaultdict(list)
    for one in assessment.items:
        if one.cell:
            cells[one.cell].append(one)
        else:
            counts[part_of(one.frozen)] += 1
    wanted = numbers(assessment) if cells else {}
    for name, items in cells.items():
        counts[part_of(items[0].frozen)] += min(wanted.get(name, 0), len(items))
    return {part: count for part, count in counts.items() if count}


def dealt(assessment: Assessment, seed: str) -> list[AssessmentItem]:
    """The items of the person of this seed: questions in their order, then tasks as the assessment has them."""
    chosen = _drawn(assessment, seed)
    questions = [one for one in chosen if one.frozen.kind is ItemKind.QUESTION]
    tasks = [one for one in chosen if one.frozen.kind is ItemKind.TASK]
    return [*shuffled(questions, seed, lambda one: one.frozen.item), *tasks]


def _drawn(assessment: Assessment, seed: str) -> list[AssessmentItem]:
    cells: dict[str, list[AssessmentItem]] = defaultdict(list)
    for one in assessment.items:
        cells[one.cell].append(one)
    if set(cells) <= {""}:
        return list(assessment.items)
    wanted = numbers(assessment)
    drawn = {one.digest for one in cells.pop("", [])}
    for name, items in cells.items():
        drawn |= {one.digest for one in spread(_offers(items), seed)[: wanted.get(name, 0)]}
    return [one for one in assessment.items if one.digest in drawn]


def _offers(items: Iterable[AssessmentItem]) -> list[Offer]:
    return [Offer(one.digest, one.frozen.item, one.frozen.topic_slug, one.frozen.level) for one in items]
