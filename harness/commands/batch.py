"""``assay batch``: a folder of submissions, a report each, and an index over all of them."""

from __future__ import annotations

from pathlib import Path

import click

from harness.commands.options import audience_option, runtime_option


@click.command()
@click.argument("task")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where reports and index go.  [default: DIR-reports]",
)
@click.option("--jobs", type=click.IntRange(1, 32), help="How many are graded at once.  [default: one per processor]")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A CSV with the columns `name` and `submission` (the folder's or archive's name).",
)
@audience_option
@runtime_option
@click.pass_context
def batch(
    context: click.Context,
    task: str,
    folder: Path,
    output: Path | None,
    jobs: int | None,
    roster: Path | None,
    audience: str,
    runtime: str,
) -> None:
    """Grade every submission in DIR (folders, .zip, .tar.gz) against TASK.

    What is already graded (same submission, same task, same image) is not graded again: after an interrupt, run the
    same command once more. The index page is for graders; --audience chooses who the single reports are for.
    """
    import os

    from harness.commands.batch_run import BatchRun
    from harness.commands.content import choose

    _, chosen = choose(context.obj or (), task)
    people = roster_of(roster) if roster else None
    target = output or folder.with_name(folder.resolve().name + "-reports")
    run = BatchRun(chosen, folder, target, audience, runtime, jobs or os.cpu_count() or 1)
    try:
        index = run.grade(people)
    except KeyboardInterrupt:
        click.echo("What is graded so far is kept: the same command once more goes on from here.", err=True)
        raise
    click.echo(f"The index is in {index}, the same as a table in {index.with_suffix('.csv')}.")
    context.exit(run.exit_status)


def roster_of(path: Path) -> dict[str, str]:
    """Submission names to people. Raises UsageError, which names the lines at fault."""
    from harness.domain.errors import IntakeError, UsageError
    from harness.intake.roster import read_names

    try:
        return read_names(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The roster {path} can't be read: {error}.") from error
    except IntakeError as error:
        raise UsageError(f"The roster {path}: {error}") from error
