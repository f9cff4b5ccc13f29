"""``assay bank export``."""

from __future__ import annotations

from pathlib import Path

import click

from harness.bank.exports.formats import FORMATS

FORMAT_LINES = "\n".join(f"  {name:<19}{form.description}" for name, form in FORMATS.items())


@click.command(epilog=f"\b\nFormats:\n{FORMAT_LINES}")
@click.option("--format", "form", required=True, metavar="FORMAT", type=click.Choice(list(FORMATS)), help="See below.")
@click.option(
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the export goes. A file of that name is replaced.",
)
@click.option("--topic", "topics", multiple=True, help="Only this topic. May be given several times.")
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["junior", "mid", "senior"]),
    help="Only this level. May be given several times.",
)
@click.option(
    "--pool",
    type=click.Choice(["practice", "exam"]),
    default="practice",
    show_default=True,
    help="Exam questions are exported only when they are asked for.",
)
@click.pass_context
def export(
    context: click.Context,
    form: str,
    output: Path,
    topics: tuple[str, ...],
    levels: tuple[str, ...],
    pool: str,
) -> None:
    """Write the published questions as a file for another program, or to print.

    Right answers are spread evenly over the letters. docs/exports.md says how each program imports its file.
    """
    from datetime import UTC, datetime

    from harness.bank.exports.model import collect
    from harness.bank.selection import Filter
    from harness.content import load_library
    from harness.domain.content import Level, Pool
    from harness.domain.errors import UsageError

    only = Filter(topics=topics, levels=tuple(map(Level, levels)))
    chosen = collect(load_library(context.obj or ()), Pool(pool), only, datetime.now(UTC))
    data = FORMATS[form].render(chosen)
    try:
        output.write_bytes(data)
    except OSError as error:
        raise UsageError(f"The export could not be written to {output}: {error.strerror}.") from error
    click.echo(f"{len(chosen.items)} questions are in {output}.", err=True)
