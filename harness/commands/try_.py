"""``assay try``: a kit's public tests in the sandbox."""

from __future__ import annotations

from pathlib import Path

import click

from harness.commands.options import runtime_option


@click.command("try")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@runtime_option
@click.pass_context
def try_(context: click.Context, folder: Path, runtime: str) -> None:
    """Run the tests in DIR/tests as they stand, in the container that submissions are graded in.

    DIR is a kit that `assay start` wrote. The tests run beside your code: this shows whether your work runs there,
    and is no grade.
    """
    from harness.commands.progress import Progress
    from harness.domain.errors import GradingFault, UsageError
    from harness.grading.station import station
    from harness.grading.trial import try_public_tests
    from harness.intake.submission import read_submission
    from harness.reports.inert import inert

    submission = read_submission(folder)
    if "assay.toml" not in submission.files:
        raise UsageError(f"{folder} is no kit: it has no assay.toml. `assay start TASK DIR` writes one.")
    with Progress(None, "tests") as progress, station(runtime, progress=progress.say) as grader:
        trial = try_public_tests(grader.pool, submission.files, told=lambda test: progress.step())
    for name, outcome, text in trial.tests:
        click.echo(f"{'✓' if outcome == 'passed' else '✗'} {inert(name)}  {inert(outcome)}")
        if outcome != "passed" and text:
            click.echo("".join(f"    {line}\n" for line in inert(text).splitlines()), nl=False)
    click.echo(f"{trial.passed} of {len(trial.tests)} tests passed.")
    if trial.trouble:
        click.echo(f"assay: {trial.trouble}", err=True)
    if trial.ours:
        context.exit(GradingFault.exit_status)
    context.exit(0 if trial.all_passed else 1)
