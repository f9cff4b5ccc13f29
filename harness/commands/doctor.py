"""`assay doctor`: what the sandbox stands on, and how to mend it."""

from __future__ import annotations

import click


@click.command()
def doctor() -> None:
    """Check Python, engine, image, runtimes, disk and cgroups, and say how to mend each.

    Exit status 1 if something would keep assay from grading.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sandbox.doctor import Level, examine

    colours = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}
    findings = examine()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for finding in findings:
        details = Text(finding.found)
        if finding.mend:
            details.append(f"\n{finding.mend}", style="italic")
        table.add_row(Text(finding.level.value, style=colours[finding.level]), Text(finding.name), details)
    Console().print(table)
    if any(finding.level is Level.FAIL for finding in findings):
        raise SystemExit(1)
