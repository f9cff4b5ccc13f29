"""What can be done from the command line."""

import click
from flask.cli import with_appcontext

from weighbridge import current, reports


@click.command("report")
@click.option("--operator", default=current.UNATTENDED, help="Who wants the report.")
@with_appcontext
def report_command(operator: str) -> None:
    """Makes a report and prints its id."""
    report_id = reports.ask(operator, agent="console")
    reports.make(report_id)
    click.echo(report_id)
