"""What can be done from the command line."""

import click
from flask.cli import with_appcontext

from weighbridge import reports
from weighbridge.database import get_connection


@click.command("report")
@click.option("--operator", default=reports.UNATTENDED, help="Who wants the report.")
@with_appcontext
def report_command(operator: str) -> None:
    """Makes a report and prints its id."""
    report_id = reports.ask(operator or reports.UNATTENDED, "console")
    reports.make(report_id, get_connection())
    click.echo(report_id)
