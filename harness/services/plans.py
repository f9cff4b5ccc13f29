"""Plans: what an assessment is begun with. Some come with the platform, others somebody has saved from theirs.

A plan keeps what is to be drawn, never what was drawn: an assessment that is begun with it draws from the catalogue as
it is then. Tasks that were chosen by hand stay these tasks, in their newest version.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from harness.bank import blueprint as blueprints
from harness.domain.content import Level
from harness.domain.errors import UsageError
from harness.services import dealing, drafting, drawing, own_draws
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import new_ref
from harness.store.models import (
    AiRule,
    Assessment,
    Counts,
    FrozenItem,
    ItemKind,
    ReportPolicy,
    Role,
    Template,
    User,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

FOLDER = Path(__file__).parent / "shipped_plans"
UNKNOWN = "There is no such template."
ALONE = 1  # the weight of what was not said to weigh more


RULES = tuple(name for name in drafting.Rules.__slots__ if name not in ("title", "opens_at", "closes_at"))
KINDS: Mapping[str, type[StrEnum]] = {"ai_rule": AiRule, "report_policy": ReportPolicy, "counts": Counts}


@dataclass(frozen=True, slots=True)
class Plan:
    """A blueprint and rules, as plain values.

    ``tasks`` are numbers by level, ``chosen`` names of tasks. ``weights`` are by cell, or by a task's name; ``rules``
    are those of ``drafting.Rules`` that are not as usual.
    """

    title: str
    cells: str = ""
    pool: str = "practice"
    summary: str = ""
    topics: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    own_draw: bool = False
    tasks: Mapping[str, int] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Plan:
        lists = {name: tuple(values.get(name, ())) for name in ("topics", "roots", "chosen")}
        return cls(**{**values, **lists})

    @property
    def minutes(self) -> int:
        return sum(int(self.rules.get(name, 0)) for name in ("question_minutes", "task_minutes"))

    @property
    def questions(self) -> int:
        return blueprints.parse(self.cells).total if self.cells.strip() else 0


@cache
def shipped() -> Mapping[str, Plan]:
    """The plans that come with the platform, by name, the shortest first."""
    read = {file.stem: Plan.read(tomllib.loads(file.read_text("utf-8"))) for file in FOLDER.glob("*.toml")}
    return dict(sorted(read.items(), key=lambda pair: pair[1].minutes))


def saved(user: User) -> Sequence[Template]:
    """The person's own templates, and those that are shared, by title."""
    chosen = select(Template).where(or_(Template.owner_id == user.id, Template.shared))
    return db.session.scalars(chosen.options(joinedload(Template.owner)).order_by(Template.title, Template.id)).all()


def plan_named(name: str, user: User) -> Plan:
    """The plan that comes with the platform by this name, or of the template with this ref. Raises Refused."""
    if name in shipped():
        return shipped()[name]
    found = next((one for one in saved(user) if one.ref == name), None)
    if found is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return Plan.read(found.plan)


def plan_of(found: Assessment) -> Plan:
    """What an assessment was made by, to begin others with."""
    blueprint = found.blueprint
    tasks = [one.frozen for one in found.items if one.frozen.kind is ItemKind.TASK]
    return Plan(
        title=found.title,
        cells=blueprint.get("cells", ""),
        pool=blueprint.get("pool", "practice"),
        topics=tuple(blueprint.get("topics", ())),
        roots=tuple(blueprint.get("roots", ())),
        own_draw=found.own_draw,
        tasks=blueprint.get("tasks", {}),
        chosen=tuple(one.item for one in tasks),
        weights=_weights(found),
        rules={name: _plain(getattr(found, name)) for name in RULES},
    )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def _weights(found: Assessment) -> dict[str, int]:
    """Of each task by its name; of questions by their cell, where all of it weigh the same."""
    cells: dict[str, set[int]] = {}
    weights = {}
    for one in found.items:
        if one.frozen.kind is ItemKind.TASK:
            weights[one.frozen.item] = one.weight
        else:
            cells.setdefault(dealing.cell_of(one.frozen), set()).add(one.weight)
    weights |= {cell: weight for cell, (weight, *others) in cells.items() if not others}
    return {name: weight for name, weight in weights.items() if weight != ALONE}


def save(assessment_id: int, title: str, by: User) -> Template:
    """Keeps an assessment's plan under a title of its own. Raises Refused."""
    title = drafting.checked_title(title)
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        made = Template(owner_id=by.id, title=title, plan=asdict(replace(plan_of(found), title=title)))
        session.add(made)
        session.flush()
        note(session, by.id, "template.save", title, ref=made.ref, of=found.ref)
    return made


def own(ref: str, user: User) -> Template:
    """The template, for who may change it: its owner, and of shared ones administrators. Raises Refused."""
    found = next((one for one in saved(user) if one.ref == ref), None)
    if found is None or (found.owner_id != user.id and user.role is not Role.ADMINISTRATOR):
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


def share(template_id: int, by: User, *, shared: bool) -> None:
    """Lets everybody who makes assessments use it, or its owner alone. Raises Refused for who is no administrator."""
    if by.role is not Role.ADMINISTRATOR:
        raise Refused(Why.FORBIDDEN, "Administrators share templates.")
    with writing() as session:
        found = session.get_one(Template, template_id)
        found.shared = shared
        note(session, by.id, "template.share" if shared else "template.keep", found.title, ref=found.ref)


def remove(template_id: int, by: User) -> None:
    """Takes it away; what was begun with it stays."""
    with writing() as session:
        found = session.get_one(Template, template_id)
        note(session, by.id, "template.remove", found.title, ref=found.ref)
        session.delete(found)


@dataclass(frozen=True, slots=True)
class Begun:
    """A new draft, and how many of the plan's tasks the catalogue offers no more."""

    draft: Assessment
    left_out: int


def begin(plan: Plan, user: User, title: str) -> Begun:
    """A new draft by this plan, drawn from the catalogue as it is. Raises Refused where that has too little."""
    title = drafting.checked_title(title)
    with writing() as session:
        blueprint = {"cells": plan.cells, "pool": plan.pool, "topics": list(plan.topics), "roots": list(plan.roots)}
        draft = Assessment(
            owner_id=user.id,
            title=title,
            seed=new_ref(),
            own_draw=plan.own_draw,
            blueprint=blueprint,
            **{name: KINDS[name](value) if name in KINDS else value for name, value in plan.rules.items()},
        )
        session.add(draft)
        session.flush()
        drawn = own_draws.drawn_by(blueprint, draft.seed)
        tasks = _tasks(session, plan, draft.seed)
        drafting.set_items(session, draft, [*(one.digest for one in drawn), *(one.digest for one in tasks)])
        if plan.own_draw and plan.chosen:
            there = Counter(one.level for one in tasks)
            kept = {Level(level): min(count, there[Level(level)]) for level, count in plan.tasks.items()}
            own_draws.set_numbers(session, draft, {level: count for level, count in kept.items() if count})
        for one in draft.items:
            by_cell = plan.weights.get(dealing.cell_of(one.frozen), ALONE)
            one.weight = plan.weights.get(one.frozen.item, by_cell)
        note(session, user.id, "assessment.create", title, ref=draft.ref, plan=plan.title)
    return Begun(draft, len(plan.chosen) - len(tasks) if plan.chosen else 0)


def _tasks(session: Session, plan: Plan, seed: str) -> list[FrozenItem]:
    """Those that were chosen, as they are offered now; else so many of each level, in the time that there is."""
    if plan.chosen:
        rows = session.scalars(
            select(FrozenItem).where(
                FrozenItem.kind == ItemKind.TASK, FrozenItem.current, FrozenItem.item.in_(plan.chosen)
            )
        )
        return sorted(rows, key=lambda one: plan.chosen.index(one.item))
    wanted = {Level(level): count for level, count in plan.tasks.items()}
    try:
        return drawing.draw_tasks(wanted, seed, plan.rules["task_minutes"])
    except UsageError as error:
        raise Refused(Why.NOT_NOW, str(error)) from error
