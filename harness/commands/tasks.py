"""``assay tasks``: what there is to be given to a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.content import Library
    from harness.domain.content import Task

WIDE = 120  # columns of a terminal that has room for the summaries


@click.command()
@click.option("--topic", help="Only the tasks of this topic.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def tasks(context: click.Context, topic: str | None, form: str) -> None:
    """List the tasks."""
    from harness.content import load_library

    library = load_library(context.obj or ())
    chosen = _chosen(library, topic)
    if form == "json":
        click.echo(_json(chosen))
    else:
        _table(chosen)
    for fault in library.task_diagnostics:
        click.echo(f"left out: {fault}", err=True)


def _chosen(library: Library, topic: str | None) -> list[Task]:
    from difflib import get_close_matches

    from harness.domain.errors import UsageError

    found = [task for task in library.tasks.values() if topic in (None, task.topic)]
    if topic and not found:
        topics = sorted({task.topic for task in library.tasks.values()})
        close = get_close_matches(topic, topics) or topics
        raise UsageError(f"There is no task of a topic {topic!r}. There are tasks of: {', '.join(close)}.")
    return found


def _json(chosen: Sequence[Task]) -> str:
    import json

    rows = [
        {
            "id": task.id,
            "title": task.title,
            "summary": task.summary,
            "kind": task.kind,
            "level": task.level,
            "minutes": task.minutes,
            "pool": task.pool,
            "status": task.status,
            "revision": task.revision,
        }
        for task in chosen
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _table(chosen: Sequence[Task]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from harness.domain.content import Status

    console = Console()
    wide = console.width >= WIDE
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Task", no_wrap=True)  # it is there to be copied
    for heading in ("Title", "Kind", "Level"):
        table.add_column(heading)
    table.add_column("Minutes", justify="right")
    if wide:
        table.add_column("What it is about")
    for task in chosen:
        draft = " (draft)" if task.status is Status.DRAFT else ""
        cells = (task.id, task.title + draft, task.kind, task.level, str(task.minutes), task.summary)
        table.add_row(*(Text(cell) for cell in cells[: len(table.columns)]))
    console.print(table)
