"""``assay bank lint`` and ``assay bank stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from harness.bank.stats import Row, Stats


@click.command()
@click.argument("topics", nargs=-1)
@click.pass_context
def lint(context: click.Context, topics: tuple[str, ...]) -> None:
    """Find every fault of the questions of TOPICS, or of the whole bank.

    Structure, names, counts, spelling, Markdown, code that does not parse, near duplicates, and ways to guess. All
    findings are collected. Exit status: 0 when there is no error, 1 when there is one.
    """
    from harness.bank.lint import lint as look
    from harness.commands.progress import Progress
    from harness.content import Severity, load_library
    from harness.domain.errors import UsageError

    library = load_library(context.obj or ())
    for topic in topics:
        if topic not in library.topics:
            raise UsageError(f"There is no topic {topic!r}. There are: {', '.join(library.topics)}.")
    with Progress(None, "parts") as progress:
        found = look(library, topics, progress.say)
    for finding in found:
        click.echo(str(finding))
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    count = sum(not topics or question.topic in topics for question in library.questions.values())
    click.echo(f"{count} questions: {errors} errors, {len(found) - errors} warnings.")
    context.exit(1 if errors else 0)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def stats(context: click.Context, form: str) -> None:
    """Print what the published bank holds, per topic and domain, and how far guessing gets."""
    import json
    from dataclasses import asdict

    from harness.bank.stats import stats as count
    from harness.content import load_library

    numbers = count(load_library(context.obj or ()))
    if form == "json":
        click.echo(json.dumps(asdict(numbers), indent=2))
    else:
        _show(numbers)


def _show(numbers: Stats) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    by_topic = _table("Topic")
    for row in numbers.topics:
        _add(by_topic, row)
    by_domain = _table("Domain")
    for row in numbers.domains:
        _add(by_domain, row)
    by_domain.add_section()
    _add(by_domain, numbers.total)
    ways = Table("Taking the option that is …", "right", box=None, header_style="bold")
    ways.columns[1].justify = "right"
    for name, share in numbers.guessing.items():
        ways.add_row(name, f"{share:.0%}")
    for table in (by_topic, by_domain, ways):
        console.print(table)
        console.print()


def _table(first: str) -> Table:
    from rich.table import Table

    table = Table(first, box=None, header_style="bold")
    for name in ("all", "jun", "mid", "sen", "exam", "multi", "code", "proven", "wrong pr."):
        table.add_column(name, justify="right")
    return table


def _add(table: Table, row: Row) -> None:
    numbers = (row.total, *row.levels.values(), row.exam, row.multi, row.with_code)
    table.add_row(row.name, *map(str, numbers), f"{row.proven_right:.0%}", f"{row.proven_wrong:.0%}")
