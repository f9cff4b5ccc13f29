"""Reports: what all lorries weighed together, and what that costs."""

import threading
from typing import Any

from flask import current_app, request

from weighbridge import state
from weighbridge.scales import Scales


def ask() -> int:
    """Notes that a report is wanted; gives its id."""
    cursor = state.connection.execute("INSERT INTO report (agent) VALUES (?)", (request.user_agent.string,))
    state.connection.commit()
    return cursor.lastrowid


def make(report_id: int) -> None:
    """Makes the report."""
    row = state.connection.execute("SELECT count(*) AS tickets, total(kilograms) AS kilograms FROM ticket").fetchone()
    kilograms = int(row["kilograms"])
    amount = kilograms * state.setting("PRICE", 1200) // 1000
    state.connection.execute(
        "UPDATE report SET state = 'done', operator = ?, tickets = ?, kilograms = ?, amount = ? WHERE id = ?",
        (state.operator, row["tickets"], kilograms, amount, report_id),
    )
    state.connection.commit()


def make_when_quiet(report_id: int, scales: Scales) -> None:
    """Makes the report as soon as no weighing waits."""
    scales.wait_until_quiet()
    make(report_id)


def make_in_background(report_id: int) -> None:
    """Has a thread make the report."""
    scales = current_app.extensions["scales"]
    threading.Thread(target=make_when_quiet, args=(report_id, scales), daemon=True).start()


def find(report_id: int) -> dict[str, Any] | None:
    """One report, or None."""
    row = state.connection.execute("SELECT * FROM report WHERE id = ?", (report_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All reports by id."""
    return [dict(row) for row in state.connection.execute("SELECT * FROM report ORDER BY id")]
