"""``assay grade``: one submission, one report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.commands.options import audience_option, runtime_option

if TYPE_CHECKING:
    from harness.domain.verdicts import GradeResult
    from harness.reports.model import Report

SOME_FAILED = 1


@click.command()
@click.argument("arguments", metavar="[TASK] PATH", nargs=-1, required=True)
@click.option("--format", "form", default="text", show_default=True, metavar="NAME", help="text, html, json, junit, …")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@audience_option
@click.option("--seed", metavar="SEED", help="Repeat a run exactly: the seed stands in the grader's report.")
@runtime_option
@click.option("--explain", is_flag=True, help="Add the explanation of the reference solution.")
@click.option(
    "--suite",
    type=click.Path(exists=True, path_type=Path),
    metavar="TESTS",
    help="Judge PATH with a plain pytest suite of your own instead of a task. It runs in the submission's container, "
    "so its verdicts are claims, and the report says so.",
)
@click.option(
    "--requirements",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --suite: install these packages into an image derived from ours.",
)
@click.pass_context
def grade(
    context: click.Context,
    arguments: tuple[str, ...],
    form: str,
    output: Path | None,
    audience: str,
    seed: str | None,
    runtime: str,
    explain: bool,
    suite: Path | None,
    requirements: Path | None,
) -> None:
    """Grade the submission at PATH (a folder, .zip or .tar.gz) against TASK.

    Exit status: 0 when every check passed, 1 when one failed, 2 for a usage error, 3 when the fault is ours.

    \b
    Examples:
      assay grade library-factory my-solution/
      assay grade jwt/token-api work.zip --format html --output report.html
      assay grade --suite tests/ my-project/
    """
    from harness.domain.errors import UsageError
    from harness.reports.formats import FORMATS

    if form not in FORMATS:
        raise UsageError(f"There is no format {form!r}. There are: {', '.join(FORMATS)}.")
    expected = 1 if suite else 2
    if len(arguments) != expected:
        what = "PATH alone, with --suite" if suite else "TASK and PATH"
        raise UsageError(f"`assay grade` wants {what}; see `assay grade --help`.")
    if requirements and not suite:
        raise UsageError("--requirements goes with --suite: a task brings its own packages.")
    path = Path(arguments[-1])
    if suite:
        result, report = _by_suite(suite, path, runtime, requirements, audience)
    else:
        result, report = _by_task(context.obj or (), arguments[0], path, runtime, audience, seed, explain)
    show(report, form, output)
    context.exit(_exit_status(result))


def _by_task(
    roots: Any, name: str, path: Path, runtime: str, audience: str, seed: str | None, explain: bool
) -> tuple[GradeResult, Report]:
    from harness.commands.content import choose
    from harness.commands.progress import Progress
    from harness.grading.exam import Exam
    from harness.grading.station import lanes_here, station
    from harness.intake.submission import read_submission
    from harness.reports.build import build_report
    from harness.reports.model import Audience

    _, chosen = choose(roots, name)
    submission = read_submission(path)
    exam = Exam.of(chosen.task)
    with (
        Progress(len(exam.hidden.checks), "checks") as progress,
        station(runtime, progress=progress.say, lanes=lanes_here()) as grader,
    ):
        result = grader.grade(exam, submission.files, seed, lambda verdict: progress.step(), progress.say)
    explanation = exam.reference.explanation if explain else None
    return result, build_report(
        result, chosen.task, chosen.topic, chosen.questions, Audience(audience), explanation, submission.name
    )


def _by_suite(
    suite: Path, path: Path, runtime: str, requirements: Path | None, audience: str
) -> tuple[GradeResult, Report]:
    from harness.commands.progress import Progress
    from harness.grading.station import station
    from harness.grading.suite import grade_by_suite, suite_content
    from harness.intake.submission import read_submission
    from harness.reports.build import build_report
    from harness.reports.model import Audience

    submission = read_submission(path)
    tests = read_submission(suite)
    with (
        Progress(None, "tests") as progress,
        station(runtime, progress=progress.say, requirements=requirements) as grader,
    ):
        result = grade_by_suite(grader, submission.files, tests.files, told=lambda verdict: progress.step())
    task, topic = suite_content(suite, result)
    return result, build_report(result, task, topic, (), Audience(audience), None, submission.name)


def show(report: Report, form: str, output: Path | None) -> None:
    from harness.domain.errors import UsageError
    from harness.reports.formats import FORMATS

    if output is None and form == "text":
        from rich.console import Console

        from harness.reports.terminal import show

        show(report, Console())
        return
    text = FORMATS[form].render(report)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The report could not be written to {output}: {error.strerror}.") from error
    click.echo(f"The report is in {output}.", err=True)


def _exit_status(result: GradeResult) -> int:
    from harness.domain.errors import GradingFault
    from harness.domain.verdicts import Outcome

    outcomes = {verdict.outcome for verdict in result.verdicts}
    if result.fault or Outcome.OURS in outcomes:
        return GradingFault.exit_status
    return SOME_FAILED if result.start_failure or Outcome.FAILED in outcomes else 0
