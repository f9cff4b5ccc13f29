"""The public half of content: topics, questions, and tasks with what a candidate may be given.

Nothing here reads, or names a path in, a task's ``hidden`` folder or ``reference``: what shows tasks to
people can import this without being able to give anything away.

Each loader returns the item, or None when its files have faults, and adds those to ``faults``.
"""

from __future__ import annotations

import re
import shlex
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import Table, is_slug, read_manifest, read_text, relative
from harness.domain.content import (
    Concept,
    Domain,
    Level,
    Misconception,
    Option,
    Pool,
    Program,
    Question,
    Service,
    ShownIn,
    Status,
    Task,
    TaskKind,
    Topic,
)

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)
COMMANDS = ("gunicorn", "celery")
T = TypeVar("T")


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTI = "multi"


def load_topic(folder: Path, root: Path, faults: list[Diagnostic]) -> Topic | None:
    """The topic of ``challenges/<topic>``."""
    found: list[Diagnostic] = []
    manifest = _open(folder, "topic.toml", root, found)
    if manifest is None:
        return _kept(None, found, faults)
    topic = Topic(
        slug=folder.name,
        title=manifest.text("title"),
        domain=manifest.choice("domain", Domain),
        order=manifest.integer("order"),
        status=manifest.choice("status", Status, Status.PUBLISHED),
        concepts={name: _concept(name, table) for name, table in manifest.tables("concepts").items()},
        misconceptions={
            name: _misconception(name, table)
            for name, table in manifest.tables("misconceptions", required=False).items()
        },
        folder=folder,
    )
    for kind, names in (("concepts", topic.concepts), ("misconceptions", topic.misconceptions)):
        for name in names:
            if not is_slug(name):
                manifest.fault(f"{kind}.{name}", "is no slug: lower-case letters, digits, hyphens")
    manifest.close()
    return _kept(topic, found, faults)


def load_question(folder: Path, root: Path, faults: list[Diagnostic]) -> Question | None:
    """The question of ``challenges/<topic>/questions/<slug>``; its evidence is not read here."""
    found: list[Diagnostic] = []
    manifest = _open(folder, "question.toml", root, found)
    if manifest is None:
        return _kept(None, found, faults)
    question = Question(
        topic=folder.parents[1].name,
        slug=folder.name,
        kind=manifest.choice("kind", QuestionKind).value,
        level=manifest.choice("level", Level),
        pool=manifest.choice("pool", Pool, Pool.PRACTICE),
        status=manifest.choice("status", Status, Status.PUBLISHED),
        revision=manifest.integer("revision", 1),
        concepts=manifest.texts("concepts"),
        references=manifest.texts("references", ()),
        stem=manifest.text("stem"),
        explanation=manifest.text("explanation"),
        options=tuple(_option(table) for table in manifest.rows("options")),
        folder=folder,
    )
    manifest.close()
    return _kept(question, found, faults)


def load_task(folder: Path, root: Path, faults: list[Diagnostic]) -> Task | None:
    """The task of ``challenges/<topic>/tasks/<slug>``: its manifest and brief."""
    found: list[Diagnostic] = []
    manifest = _open(folder, "task.toml", root, found)
    if manifest is None:
        return _kept(None, found, faults)
    task = Task(
        topic=folder.parents[1].name,
        slug=folder.name,
        title=manifest.text("title"),
        summary=manifest.text("summary"),
        kind=manifest.choice("kind", TaskKind),
        level=manifest.choice("level", Level),
        minutes=manifest.integer("minutes"),
        pool=manifest.choice("pool", Pool, Pool.PRACTICE),
        status=manifest.choice("status", Status, Status.PUBLISHED),
        revision=manifest.integer("revision", 1),
        entry=manifest.text("entry"),
        preload=manifest.texts("preload", ()),
        packages=manifest.texts("packages", ()),
        limits=manifest.text("limits", "standard"),
        config=manifest.plain("config"),
        folder=folder,
        brief=read_text(folder / "public" / "brief.md", root, found),
        services=_services(manifest),
        programs={name: _program(name, table) for name, table in manifest.tables("programs", required=False).items()},
        environment=_environment(manifest),
    )
    if not ENTRY.fullmatch(task.entry):
        manifest.fault("entry", 'must be "module:factory" or "module:app"')
    manifest.close()
    return _kept(task, found, faults)


def _services(manifest: Table) -> tuple[Service, ...]:
    names = manifest.texts("services", ())
    for name in names:
        if name not in set(Service):
            manifest.fault("services", f"has no {name!r}; there are {', '.join(Service)}")
    return tuple(Service(name) for name in names if name in set(Service))


def _program(name: str, table: Table) -> Program:
    port = table.integer("port", 0, minimum=0)
    program = Program(name, tuple(shlex.split(table.text("command"))), port or None, table.text("says", ""))
    if program.command[:1] not in {(command,) for command in COMMANDS}:
        table.fault("command", f"must begin with one of {', '.join(COMMANDS)}")
    if bool(program.port) == bool(program.says):
        table.fault("port", "or `says`, one of the two, tells when the program is up")
    table.close()
    return program


def _environment(manifest: Table) -> dict[str, str]:
    found = {}
    for name, value in manifest.plain("environment").items():
        if isinstance(value, str):
            found[name] = value
        else:
            manifest.fault(f"environment.{name}", "must be text: an environment holds nothing else")
    return found


def _open(folder: Path, name: str, root: Path, faults: list[Diagnostic]) -> Table | None:
    if not is_slug(folder.name):
        faults.append(
            error(relative(folder, root), "the folder's name is no slug: lower-case letters, digits, hyphens")
        )
    manifest = read_manifest(folder / name, root, faults)
    # Without a readable manifest each missing key would be a finding of its own, and none of them would help.
    return manifest if manifest.keys else None


def _kept(item: T | None, found: list[Diagnostic], faults: list[Diagnostic]) -> T | None:
    faults.extend(found)
    return None if found else item


def _concept(name: str, table: Table) -> Concept:
    concept = Concept(
        id=name,
        definition=table.text("definition"),
        interview=table.text("interview"),
        shown_in=table.choice("shown_in", ShownIn, ShownIn.BOTH),
    )
    table.close()
    return concept


def _misconception(name: str, table: Table) -> Misconception:
    misconception = Misconception(
        id=name,
        belief=table.text("belief"),
        concept=table.text("concept"),
        shown_in=table.choice("shown_in", ShownIn, ShownIn.BOTH),
        interview=table.text("interview", ""),
    )
    table.close()
    return misconception


def _option(table: Table) -> Option:
    option = Option(
        id=table.text("id"),
        text=table.text("text"),
        why=table.text("why"),
        correct=table.boolean("correct", False),
        misconception=table.text("misconception", "") or None,
    )
    if not is_slug(option.id):
        table.fault("id", "is no slug: lower-case letters, digits, hyphens")
    table.close()
    return option
