"""The `assay` command. Each subcommand is loaded when it is asked for, so that help answers at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from harness.commands.lazy import LazyGroup

# name: (where the command is, the line that `assay --help` shows)
COMMANDS = {
    "tasks": ("harness.commands.tasks:tasks", "List the hands-on tasks."),
    "start": ("harness.commands.start:start", "Write a task's kit: brief, starter, public tests."),
    "try": ("harness.commands.try_:try_", "Run a kit's public tests in the sandbox."),
    "grade": ("harness.commands.grade:grade", "Grade one submission."),
    "submit": ("harness.commands.submit:submit", "Hand in to a platform, and read its report."),
    "batch": ("harness.commands.batch:batch", "Grade a folder of submissions."),
    "quiz": ("harness.commands.quiz:quiz", "Practise: questions with their explanation at once."),
    "exam": ("harness.commands.exam:exam", "Take an exam of your own, against the clock."),
    "bank": ("harness.commands.bank:bank", "Look after the questions: lint, stats, export, import."),
    "new-topic": ("harness.commands.new:new_topic", "Write the skeleton of a new topic."),
    "new-task": ("harness.commands.new:new_task", "Write the skeleton of a new task."),
    "author": ("harness.commands.author:author", "Watch a topic while you write it: prove, preview, what is lacking."),
    "verify": ("harness.commands.verify:verify", "Prove tasks and questions in the real sandbox."),
    "serve": ("harness.commands.serve:serve", "Serve the web platform from this machine."),
    "worker": ("harness.commands.serve:worker", "Grade what the platform's queue holds."),
    "backup": ("harness.commands.keeping:backup", "Copy the platform's database."),
    "restore": ("harness.commands.keeping:restore", "Put a copy of the database back."),
    "person": ("harness.commands.keeping:person", "Hand over, or erase, what is kept about a person."),
    "doctor": ("harness.commands.doctor:doctor", "Check this machine, and say how to mend it."),
    "image": ("harness.commands.image:image", "Build, show or prune the image that submissions run in."),
}

INTERRUPTED = 130  # as shells say it: 128 and the signal's number
UNFORESEEN = """Something of ours failed that we did not foresee ({kind}: {error}).
This is never counted against a submission. With ASSAY_DEBUG=1 in the environment you see where it happened."""


class Main(LazyGroup):
    """The outermost group: what goes wrong in any command ends here."""

    def invoke(self, context: click.Context) -> Any:
        """Runs the command; what assay can explain is a message and an exit status, never a traceback."""
        from harness.domain.errors import AssayError, GradingFault

        try:
            return super().invoke(context)
        except AssayError as error:
            click.echo(f"assay: {error}", err=True)
            context.exit(error.exit_status)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("assay: interrupted.", err=True)
            context.exit(INTERRUPTED)
        except Exception as error:
            if os.environ.get("ASSAY_DEBUG"):
                raise
            click.echo(f"assay: {UNFORESEEN.format(kind=type(error).__name__, error=error)}", err=True)
            context.exit(GradingFault.exit_status)


@click.group(cls=Main, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--content",
    "roots",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with challenges/ and reference/. May be given several times; without it, assay's own content.",
)
@click.version_option(package_name="flask-assay")
@click.pass_context
def main(context: click.Context, roots: tuple[Path, ...]) -> None:
    """Assess Flask developers: what they know, and what they can build.

    A submission runs in a container that holds no test; a hidden pytest suite judges it from outside.
    """
    context.obj = list(roots)


if __name__ == "__main__":
    sys.exit(main())
