"""Options that several commands share."""

from __future__ import annotations

import click

audience_option = click.option(
    "--audience",
    type=click.Choice(["candidate", "grader"]),
    default="candidate",
    show_default=True,
    help="A grader's report adds tracebacks, output, timings, the seed and hashes.",
)
runtime_option = click.option(
    "--runtime",
    type=click.Choice(["runc", "runsc"]),
    default="runc",
    show_default=True,
    help="The engine's runtime; runsc is gVisor.",
)
