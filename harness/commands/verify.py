"""``assay verify``: proves content in the real sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from harness.commands.options import runtime_option

if TYPE_CHECKING:
    from harness.commands.progress import Progress
    from harness.grading.grade import Grader
    from harness.grading.proof.verify import Plan


@click.command()
@click.argument("names", metavar="[TASK|TOPIC]...", nargs=-1)
@click.option("--jobs", type=click.IntRange(1, 32), help="How many are run at once.  [default: one per processor]")
@click.option("--static", is_flag=True, help="Only the checks that run nothing.")
@click.option("--evidence", is_flag=True, help="Only the checks that run nothing, and the questions' evidence.")
@click.option("--diagnosis", is_flag=True, help="Only what the diagnosis says of the held-out wrong solutions.")
@click.option(
    "--repeat",
    type=click.IntRange(2, 1000),
    metavar="N",
    help="Only grade solutions N times with N seeds, and tell which checks did not say the same every time.",
)
@click.option("--cases", metavar="PREFIX", help="Only solutions whose name begins so: solution, wrong, starter, …")
@runtime_option
@click.pass_context
def verify(
    context: click.Context,
    names: tuple[str, ...],
    jobs: int | None,
    static: bool,
    evidence: bool,
    diagnosis: bool,
    repeat: int | None,
    cases: str | None,
    runtime: str,
) -> None:
    """Prove tasks and questions: solutions score 100, the starter 0, wrong ones fail just what is expected.

    Evidence holds, every concept has its test and its question, every misconception its wrong solution and its
    option. All findings are collected. Exit status: 0 when there is no error, 1 when there is one.
    """
    import os
    from dataclasses import replace

    from harness.content.library import load_library
    from harness.domain.errors import UsageError
    from harness.grading.proof.verify import plan

    if static + evidence + diagnosis + (repeat is not None) > 1:
        raise UsageError("--static, --evidence, --diagnosis and --repeat each say what is done alone: choose one.")
    chosen = plan(load_library(context.obj or ()), names)
    if cases:
        chosen = replace(chosen, cases=tuple(case for case in chosen.cases if case.name.startswith(cases)))
    if evidence:
        chosen = replace(chosen, cases=())
    count = jobs or os.cpu_count() or 1
    if diagnosis:
        passed = _diagnosis(chosen, runtime, count)
    elif repeat:
        passed = _repeats(chosen, repeat, runtime, count)
    else:
        passed = _proof(chosen, static, runtime, count)
    context.exit(0 if passed else 1)


@contextmanager
def _sandbox(size: int, unit: str, runtime: str, count: int) -> Iterator[tuple[Grader, Any]]:
    """A grader, and a function to call after each of ``size`` steps."""
    from harness.commands.progress import Progress
    from harness.domain.errors import GradingFault
    from harness.grading.station import station
    from sandbox.errors import SandboxError

    with Progress(size, unit) as progress, station(runtime, spare=count, progress=progress.say) as grader:
        try:
            yield grader, lambda name: _step(progress, name)
        except SandboxError as error:
            raise GradingFault(str(error)) from error


def _step(progress: Progress, name: str) -> None:
    progress.say(name)
    progress.step()


def _proof(chosen: Plan, static: bool, runtime: str, count: int) -> bool:
    from harness.content.diagnostics import Severity
    from harness.grading.proof.verify import carry_out
    from sandbox.images.recipe import lock_file

    found = chosen.found
    if not static:
        requirements = lock_file("x86_64").read_text(encoding="utf-8")
        with _sandbox(chosen.size, "proofs", runtime, count) as (grader, step):
            found = carry_out(chosen, grader, requirements, count, step)
    for finding in found:
        click.echo(str(finding))
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    what = "checked without running anything" if static else "proven in the sandbox"
    click.echo(
        f"{len(chosen.cases)} solutions and {len(chosen.questions)} questions {what}: "
        f"{errors} errors, {len(found) - errors} warnings."
    )
    return not errors


def _diagnosis(chosen: Plan, runtime: str, count: int) -> bool:
    from harness.grading.proof.heldout import good_enough, held_out, table, try_all

    exams = {case.exam.task.id: case.exam for case in chosen.cases}
    submissions = [held for exam in exams.values() for held in held_out(exam)]
    with _sandbox(len(submissions), "held-out submissions", runtime, count) as (grader, step):
        outcomes = try_all(submissions, grader, count, step)
    click.echo(table(outcomes))
    return good_enough(outcomes)


def _repeats(chosen: Plan, times: int, runtime: str, count: int) -> bool:
    from harness.grading.proof.repeats import repeat

    with _sandbox(len(chosen.cases) * times, "runs", runtime, count) as (grader, step):
        done = repeat(chosen.cases, times, grader, count, step)
    found = [finding for repeats in done for finding in repeats.findings]
    for finding in found:
        click.echo(str(finding))
    runs, ours = sum(repeats.runs for repeats in done), sum(repeats.ours for repeats in done)
    click.echo(
        f"{len(done)} solutions in {runs} runs: {len(found)} checks differ; {ours} more runs had a fault of ours."
    )
    return not found
