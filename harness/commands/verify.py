"""``assay verify``: proves content in the real sandbox."""

from __future__ import annotations

import click

from harness.commands.options import runtime_option


@click.command()
@click.argument("names", metavar="[TASK|TOPIC]...", nargs=-1)
@click.option("--jobs", type=click.IntRange(1, 32), help="How many are run at once.  [default: one per processor]")
@click.option("--static", is_flag=True, help="Only the checks that run nothing.")
@click.option("--evidence", is_flag=True, help="Only the checks that run nothing, and the questions' evidence.")
@runtime_option
@click.pass_context
def verify(
    context: click.Context, names: tuple[str, ...], jobs: int | None, static: bool, evidence: bool, runtime: str
) -> None:
    """Prove tasks and questions: solutions score 100, the starter 0, wrong ones fail just what is expected.

    Evidence holds, every concept has its test and its question, every misconception its wrong solution and its
    option. All findings are collected. Exit status: 0 when there is no error, 1 when there is one.
    """
    import os
    from dataclasses import replace

    from harness.commands.progress import Progress
    from harness.content.diagnostics import Severity
    from harness.content.library import load_library
    from harness.domain.errors import GradingFault
    from harness.grading.proof.verify import carry_out, plan
    from harness.grading.station import station
    from sandbox.errors import SandboxError
    from sandbox.images.recipe import lock_file

    chosen = plan(load_library(context.obj or ()), names)
    if evidence:
        chosen = replace(chosen, cases=())
    found = chosen.found
    if not static:
        count = jobs or os.cpu_count() or 1
        requirements = lock_file("x86_64").read_text(encoding="utf-8")
        with (
            Progress(chosen.size, "proofs") as progress,
            station(runtime, spare=count, progress=progress.say) as grader,
        ):

            def step(name: str) -> None:
                progress.say(name)
                progress.step()

            try:
                found = carry_out(chosen, grader, requirements, count, step)
            except SandboxError as error:
                raise GradingFault(str(error)) from error
    for finding in found:
        click.echo(str(finding))
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    what = "checked without running anything" if static else "proven in the sandbox"
    click.echo(
        f"{len(chosen.cases)} solutions and {len(chosen.questions)} questions {what}: "
        f"{errors} errors, {len(found) - errors} warnings."
    )
    context.exit(1 if errors else 0)
