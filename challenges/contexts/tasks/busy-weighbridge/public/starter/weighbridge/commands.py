"""What can be done from the command line."""

import click
from flask.cli import with_appcontext

from weighbridge import reports, state


@click.command("report")
@click.option("--operator", help="Who wants the report.")
@with_appcontext
def report_command(operator: str | None) -> None:
    """Makes a report and prints its id."""
    if operator:
        state.operator = operator
    report_id = reports.ask()
    reports.make(report_id)
    click.echo(report_id)
