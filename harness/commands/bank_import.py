"""``assay bank import``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--topic", required=True, metavar="SLUG", help="The topic that the questions are for.")
@click.option(
    "--output",
    "root",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="A content root: the questions go to DIR/challenges/TOPIC/questions. Folders that are there stay as they are.",
)
@click.option(
    "--level",
    type=click.Choice(["junior", "mid", "senior"]),
    default="mid",
    show_default=True,
    help="For questions whose file does not name one.",
)
@click.pass_context
def import_(context: click.Context, file: Path, topic: str, root: Path, level: str) -> None:
    """Read FILE, a Udemy practice test (CSV) or Moodle XML, into question folders.

    Each becomes a draft that is marked as unproven: it needs concepts and evidence before it counts. What is not
    imported, or needs work, is listed with its row. Exit status: 0 when everything was imported, 1 when something was
    not.
    """
    from harness.bank.imports import moodle, udemy
    from harness.bank.imports.write import write
    from harness.content import Severity
    from harness.content.manifest import is_slug
    from harness.domain.content import Level
    from harness.domain.errors import UsageError

    if not is_slug(topic):
        raise UsageError(f"{topic!r} is no topic's name: lower-case letters, digits, hyphens.")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}.") from error
    reader = moodle if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else udemy
    reading = reader.read(data, file.name)
    questions = root / "challenges" / topic / "questions"
    folders = write(reading.questions, questions, Level(level)) if reading.questions else []
    for finding in reading.findings:
        click.echo(str(finding))
    lost = len({finding.where for finding in reading.findings if finding.severity is Severity.ERROR})
    click.echo(f"{len(folders)} questions are drafts in {questions}; {lost} were not imported.")
    if not (questions.parent / "topic.toml").exists():
        click.echo(f"They are shown once there is a topic: write {questions.parent / 'topic.toml'}.")
    context.exit(1 if lost else 0)
