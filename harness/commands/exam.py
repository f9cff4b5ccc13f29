"""``assay exam``: an exam against the clock, explained at its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.bank.blueprint import NAMED
from harness.domain.content import Pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bank.attempt import Attempt
    from harness.bank.blueprint import Blueprint
    from harness.bank.progress import Progress
    from harness.commands.asking.desk import Desk

NAMES = ", ".join(f"{one.name} ({one.total} questions, {one.minutes} minutes)" for one in NAMED.values())


@click.command(epilog=f"Exams: {NAMES}.")
@click.argument("name", required=False)
@click.option(
    "--blueprint",
    "written",
    metavar="TEXT",
    help="In place of NAME: numbers per domain and level, such as `fundamentals:junior=3,orm:mid=2`, or `*:mid=2`.",
)
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="The time for all of it.")
@click.option("--count", type=click.IntRange(1), help="So many questions, in the same mixture.")
@click.option("--seed", help="Draw and shuffle as in the exam that had this seed.")
@click.option(
    "--pool",
    type=click.Choice([pool.value for pool in Pool]),
    default=Pool.PRACTICE.value,
    show_default=True,
    help="`exam`: questions kept for exams, for whoever proctors; they are scored, and never explained.",
)
@click.option("--resume", is_flag=True, help="Go on with the exam that is not handed in. Its clock went on meanwhile.")
@click.option("--last", is_flag=True, help="Show the result of the last exam again.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE.html",
    help="Write the result as HTML, too.",
)
@click.pass_context
def exam(
    context: click.Context,
    name: str | None,
    written: str | None,
    minutes: int | None,
    count: int | None,
    seed: str | None,
    pool: str,
    resume: bool,
    last: bool,
    report: Path | None,
) -> None:
    """Take the exam NAME: no explanations until the end, then a score per domain, level and concept.

    Every answer is kept the moment it is given. However you leave, `assay exam --resume` goes on until the time is up.
    """
    from harness.bank.database import data_file
    from harness.bank.progress import Progress
    from harness.commands.asking import result
    from harness.commands.asking.desk import Desk

    if (resume or last) and (name or written or minutes or count or seed):
        raise click.UsageError("--resume and --last go with an exam that there is; they take no other options.")
    progress = Progress(data_file())
    with Desk() as desk:
        if last:
            ended = _last(progress)
        else:
            blueprint = None if resume else _plan(name, written, minutes, count)
            attempt = _begin(context.obj or (), progress, blueprint, Pool(pool), seed) if blueprint else _open(progress)
            if not _sit(progress, attempt, desk):
                return
            ended = progress.finish(attempt.id)
        if report:
            result.write(ended, report)
        result.show(ended, desk)


def _plan(name: str | None, written: str | None, minutes: int | None, count: int | None) -> Blueprint:
    """The blueprint that was asked for."""
    from dataclasses import replace

    from harness.bank.blueprint import named, parse
    from harness.domain.errors import UsageError

    if bool(name) == bool(written):
        raise UsageError(f"Name an exam, or write one with --blueprint. Exams: {NAMES}.")
    blueprint = parse(written) if written else named(name or "")
    if count:
        blueprint = blueprint.scaled(count)
    return replace(blueprint, minutes=minutes) if minutes else blueprint


def _begin(roots: Sequence[Path], progress: Progress, blueprint: Blueprint, pool: Pool, seed: str | None) -> Attempt:
    from harness.bank.attempt import Kind
    from harness.bank.draw import draw, new_seed, option_order
    from harness.bank.progress import Plan
    from harness.bank.selection import eligible
    from harness.content import load_library

    library = load_library(roots)
    seed = seed or new_seed()
    domains = {topic.slug: topic.domain for topic in library.topics.values()}
    drawn = draw(blueprint, eligible(library, pool), domains, seed)
    asked = [(question, domains[question.topic], option_order(question, seed)) for question in drawn]
    return progress.begin(Plan(Kind.EXAM, pool, seed, asked, blueprint.minutes, str(blueprint)))


def _open(progress: Progress) -> Attempt:
    from harness.domain.errors import UsageError

    attempt = progress.open_exam()
    if attempt is None:
        raise UsageError("There is no exam to go on with. `assay exam NAME` begins one.")
    return attempt


def _last(progress: Progress) -> Attempt:
    from harness.domain.errors import UsageError

    attempt = progress.last_exam()
    if attempt is None:
        raise UsageError("You have not finished an exam yet. `assay exam NAME` begins one.")
    return attempt


def _sit(progress: Progress, attempt: Attempt, desk: Desk) -> bool:
    """Whether the exam is over."""
    from harness.commands.asking.exam_room import ExamRoom

    if attempt.over(progress.clock()):
        desk.show("The time of this exam is up.")
        return True
    if ExamRoom(progress, attempt, desk).sit():
        return True
    desk.show("Your answers are kept, and the clock goes on. `assay exam --resume` comes back.")
    return False
