"""``assay bank``: looks after the questions."""

from __future__ import annotations

import click

from harness.commands.lazy import LazyGroup

COMMANDS = {
    "lint": ("harness.commands.bank_lint:lint", "Find what is wrong with the questions, without running them."),
    "stats": ("harness.commands.bank_lint:stats", "Print how many questions there are of which kind."),
    "export": (
        "harness.commands.bank_export:export",
        "Write the questions for Udemy, Moodle, Canvas, Anki …, or to print.",
    ),
    "import": ("harness.commands.bank_import:import_", "Read questions of Udemy or Moodle as drafts."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def bank() -> None:
    """The question bank. `assay verify --evidence` runs the questions' evidence."""
