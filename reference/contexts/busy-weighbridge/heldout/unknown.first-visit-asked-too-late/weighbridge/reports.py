"""Reports: what all lorries weighed together, and what that costs."""

import threading
from typing import Any

from flask import Flask, current_app

from weighbridge.database import get_connection

UNATTENDED = "unattended"


def ask(operator: str, agent: str) -> int:
    """Notes that a report is wanted, and by whom; gives its id."""
    connection = get_connection()
    cursor = connection.execute("INSERT INTO report (operator, agent) VALUES (?, ?)", (operator, agent))
    connection.commit()
    return cursor.lastrowid


def make(report_id: int) -> None:
    """Makes the report."""
    connection = get_connection()
    row = connection.execute(
        "SELECT count(*) AS tickets, coalesce(sum(kilograms), 0) AS kilograms FROM ticket"
    ).fetchone()
    kilograms = row["kilograms"]
    amount = kilograms * current_app.config["PRICE"] // 1000
    connection.execute(
        "UPDATE report SET state = 'done', tickets = ?, kilograms = ?, amount = ? WHERE id = ?",
        (row["tickets"], kilograms, amount, report_id),
    )
    connection.commit()


def make_when_quiet(app: Flask, report_id: int) -> None:
    """Makes the report as soon as no weighing waits; runs in a thread of its own, outside of any request."""
    app.extensions["scales"].wait_until_quiet()
    with app.app_context():
        make(report_id)


def make_in_background(report_id: int) -> None:
    """Has a thread make the report."""
    app = current_app._get_current_object()  # the thread has no context in which the proxy means anything
    threading.Thread(target=make_when_quiet, args=(app, report_id), daemon=True).start()


def find(report_id: int) -> dict[str, Any] | None:
    """One report, or None."""
    row = get_connection().execute("SELECT * FROM report WHERE id = ?", (report_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All reports by id."""
    return [dict(row) for row in get_connection().execute("SELECT * FROM report ORDER BY id")]
