"""What can be done from the command line."""

import click
from flask import g
from flask.cli import with_appcontext

from weighbridge import reports


@click.command("report")
@click.option("--operator", default=reports.UNATTENDED, help="Who wants the report.")
@with_appcontext
def report_command(operator: str) -> None:
    """Makes a report and prints its id."""
    g.operator = operator or reports.UNATTENDED
    report_id = reports.ask("console")
    reports.make(report_id)
    click.echo(report_id)
