"""``assay new-topic`` and ``assay new-task``: the skeleton that an author begins with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

DOMAINS = ["fundamentals", "orm", "apis", "security", "devops"]
LEVELS = ["junior", "mid", "senior"]
KINDS = ["build", "repair", "operate", "test"]


@click.command("new-topic")
@click.argument("topic")
@click.option("--domain", type=click.Choice(DOMAINS), required=True)
@click.option("--title", help="What people call it.  [default: made of TOPIC]")
@click.pass_context
def new_topic(context: click.Context, topic: str, domain: str, title: str | None) -> None:
    """Write a new topic: a draft with one concept and one question whose evidence holds."""
    from harness.content import load_library
    from harness.content.skeleton import QUESTION, topic_files, write_files
    from harness.domain.content import Domain

    library = load_library(context.obj or ())
    order = 1 + max((known.order for known in library.topics.values() if known.domain == domain), default=0)
    write_files(library.roots[0], topic_files(topic, title or _title(topic), Domain(domain), order))
    _next(
        library.roots[0],
        f"challenges/{topic}",
        [
            f"assay author {topic}",
            f"its first question is in challenges/{topic}/questions/{QUESTION}",
            f"assay new-task {topic}/NAME",
        ],
    )


@click.command("new-task")
@click.argument("task", metavar="TOPIC/NAME")
@click.option("--kind", type=click.Choice(KINDS), default="build", show_default=True)
@click.option("--level", type=click.Choice(LEVELS), default="junior", show_default=True)
@click.option("--minutes", type=click.IntRange(5, 480), default=20, show_default=True)
@click.option("--title", help="What the candidate reads.  [default: made of NAME]")
@click.pass_context
def new_task(context: click.Context, task: str, kind: str, level: str, minutes: int, title: str | None) -> None:
    """Write a new task: a draft with brief, starter, tests and reference that `assay verify` proves as it is."""
    from harness.content import load_library
    from harness.content.skeleton import task_files, write_files
    from harness.domain.content import Level, TaskKind
    from harness.domain.errors import UsageError

    topic, _, slug = task.partition("/")
    library = load_library(context.obj or ())
    if topic not in library.topics:
        raise UsageError(f"There is no topic {topic!r}: `assay new-topic {topic} --domain …` makes one.")
    root = library.topics[topic].folder.parents[1]
    concept = next(iter(library.topics[topic].concepts), "first-concept")
    files = task_files(topic, slug, title or _title(slug), TaskKind(kind), Level(level), minutes)
    files = {name: text.replace('"first-concept"', f'"{concept}"') for name, text in files.items()}
    write_files(root, files)
    _next(root, f"challenges/{topic}/tasks/{slug}", [f"assay author {topic}", f"assay verify {task}"])


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _next(root: Path, made: str, steps: Sequence[str]) -> None:
    click.echo(f"{root / made} is there, as a draft. Next:")
    for step in steps:
        click.echo(f"  {step}")
