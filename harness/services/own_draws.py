"""What a draft draws from; and where each person draws their own, what is frozen for that, and what it weighs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.bank import blueprint as blueprints
from harness.domain.content import Pool
from harness.domain.errors import UsageError
from harness.services import dealing, drawing
from harness.services.errors import Refused, Why
from harness.store.models import AssessmentItem, ItemKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harness.domain.content import Level
    from harness.services.drawing import Offer
    from harness.store.models import Assessment, FrozenItem


def sources(blueprint: Mapping[str, Any]) -> tuple[list[Pool], list[str], list[str]]:
    """Pools, topics and content roots that a blueprint draws from; no topic or root is every one."""
    return [Pool(blueprint.get("pool", Pool.PRACTICE))], blueprint.get("topics", []), blueprint.get("roots", [])


def drawn_by(blueprint: Mapping[str, Any], seed: str) -> list[Offer]:
    """The questions that a blueprint draws by this seed. Raises Refused."""
    cells = str(blueprint.get("cells", ""))
    if not cells.strip():
        return []
    try:
        return drawing.draw(blueprints.parse(cells), seed, *sources(blueprint))
    except UsageError as error:
        raise Refused(Why.INVALID, "The catalogue has too few questions of this kind. Ask for fewer.") from error


def set_numbers(session: Session, draft: Assessment, each: Mapping[Level, int]) -> None:
    """How many of the chosen tasks of a level a person gets, within a deed. Raises Refused."""
    there = Counter(one.level for one in _tasks(draft))
    for level, count in each.items():
        if not 1 <= count <= there[level]:
            raise Refused(Why.INVALID, f"Of {there[level]} {level.value} tasks each person can get 1 or more.")
    draft.blueprint = {**draft.blueprint, "tasks": {level.value: count for level, count in each.items()}}


def _tasks(draft: Assessment) -> list[FrozenItem]:
    return [one.frozen for one in draft.items if one.frozen.kind is ItemKind.TASK]


def drawn_cells(draft: Assessment) -> dict[str, str]:
    """The cells of a draft's items that people draw, by digest; an item that everybody gets is in none."""
    if not draft.own_draw:
        return {}
    wanted = dealing.numbers(draft)
    counts = Counter(dealing.cell_of(one) for one in _tasks(draft))
    cells = {one.digest: dealing.cell_of(one.frozen) for one in draft.items}
    return {
        digest: cell
        for digest, cell in cells.items()
        if cell not in counts or wanted.get(cell, counts[cell]) < counts[cell]
    }


def weights_by_cell(draft: Assessment) -> dict[str, int]:
    """What an item of each cell weighs: as the first of the example does."""
    weights: dict[str, int] = {}
    for one in draft.items:
        weights.setdefault(dealing.cell_of(one.frozen), one.weight)
    return weights


def freeze(session: Session, draft: Assessment) -> None:
    """For publishing: where each person draws their own, all that may be drawn takes the example's place.

    Raises Refused where the catalogue has too little by now.
    """
    if not draft.own_draw:
        return
    drawn_by(draft.blueprint, draft.seed)
    cells, by_cell, domains = drawn_cells(draft), weights_by_cell(draft), drawing.domains()
    wanted = dealing.numbers(draft)
    tasks = [(one.digest, cells.get(one.digest, ""), one.weight) for one in draft.items if not _is_question(one)]
    questions = [
        (one.digest, cell, by_cell.get(cell, 1))
        for one in drawing.offers(*sources(draft.blueprint))
        if (cell := f"{domains[one.topic].value}:{one.level.value}") in wanted
    ]
    draft.items.clear()
    session.flush()
    for position, (digest, cell, weight) in enumerate([*questions, *tasks]):
        draft.items.append(AssessmentItem(position=position, digest=digest, cell=cell, weight=weight))


def _is_question(one: AssessmentItem) -> bool:
    return one.frozen.kind is ItemKind.QUESTION


def example_of(known: Assessment) -> list[AssessmentItem]:
    """A draft's items; of what is published and drawn from, the questions of one draw, and all tasks."""
    drawn = {one.digest for one in dealing.dealt(known, known.seed)}
    return [one for one in known.items if one.digest in drawn or not _is_question(one)]


def most_minutes(draft: Assessment) -> int:
    """What the tasks of one person take at most, by their authors' reckoning."""
    wanted = dealing.numbers(draft) if draft.own_draw else {}
    cells: dict[str, list[int]] = defaultdict(list)
    for one in _tasks(draft):
        cells[dealing.cell_of(one)].append(one.minutes or 0)
    return sum(sum(sorted(found, reverse=True)[: wanted.get(cell, len(found))]) for cell, found in cells.items())
