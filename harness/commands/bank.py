"""``assay bank``: looks after the questions."""

from __future__ import annotations

import click

from harness.commands.lazy import LazyGroup

COMMANDS = {
    "lint": ("harness.commands.bank_lint:lint", "Find what is wrong with the questions, without running them."),
    "stats": ("harness.commands.bank_lint:stats", "Print how many questions there are of which kind."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def bank() -> None:
    """The question bank. `assay verify --evidence` runs the questions' evidence."""
