"""Reports: what all lorries weighed together, and what that costs."""

import threading
from typing import Any

from flask import Flask, current_app

from weighbridge.current import connection


def ask(operator: str, agent: str) -> int:
    """Notes who wants a report; gives its id."""
    cursor = connection().execute("INSERT INTO report (operator, agent) VALUES (?, ?)", (operator, agent))
    connection().commit()
    return cursor.lastrowid


def make(report_id: int) -> None:
    """Makes the report, in whichever context is active."""
    row = connection().execute("SELECT count(*) AS tickets, total(kilograms) AS kilograms FROM ticket").fetchone()
    kilograms = int(row["kilograms"])
    amount = kilograms * current_app.config["PRICE"] // 1000
    connection().execute(
        "UPDATE report SET state = 'done', tickets = ?, kilograms = ?, amount = ? WHERE id = ?",
        (row["tickets"], kilograms, amount, report_id),
    )
    connection().commit()


def make_when_quiet(app: Flask, report_id: int) -> None:
    """Makes the report as soon as no weighing waits: in a thread, which has no context but the one it makes."""
    app.extensions["scales"].wait_until_quiet()
    with app.app_context():
        make(report_id)


def make_in_background(report_id: int) -> None:
    """Has a thread make the report."""
    app = current_app._get_current_object()
    threading.Thread(target=make_when_quiet, args=(app, report_id), daemon=True).start()


def find(report_id: int) -> dict[str, Any] | None:
    """One report, or None."""
    row = connection().execute("SELECT * FROM report WHERE id = ?", (report_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All reports by id."""
    return [dict(row) for row in connection().execute("SELECT * FROM report ORDER BY id")]
