"""Reports: what all lorries weighed together, and what that costs."""

import threading
from contextlib import closing
from typing import Any

from flask import current_app

from weighbridge.connections import Connection, Connections
from weighbridge.database import get_connection
from weighbridge.scales import Scales

UNATTENDED = "unattended"


def ask(operator: str, agent: str) -> int:
    """Notes that a report is wanted, and by whom; gives its id."""
    connection = get_connection()
    cursor = connection.execute("INSERT INTO report (operator, agent) VALUES (?, ?)", (operator, agent))
    connection.commit()
    return cursor.lastrowid


def setting(name: str, default: int) -> int:
    """A number from the configuration, or the default where there is no app."""
    return current_app.config[name] if current_app else default


def make(report_id: int, connection: Connection) -> None:
    """Makes the report."""
    row = connection.execute(
        "SELECT count(*) AS tickets, coalesce(sum(kilograms), 0) AS kilograms FROM ticket"
    ).fetchone()
    kilograms = row["kilograms"]
    amount = kilograms * setting("PRICE", 1200) // 1000
    connection.execute(
        "UPDATE report SET state = 'done', tickets = ?, kilograms = ?, amount = ? WHERE id = ?",
        (row["tickets"], kilograms, amount, report_id),
    )
    connection.commit()


def make_when_quiet(report_id: int, scales: Scales, connections: Connections) -> None:
    """Makes the report as soon as no weighing waits, with a connection of its own."""
    scales.wait_until_quiet()
    with closing(connections.open()) as connection:
        make(report_id, connection)


def make_in_background(report_id: int) -> None:
    """Has a thread make the report."""
    scales, connections = current_app.extensions["scales"], current_app.extensions["connections"]
    threading.Thread(target=make_when_quiet, args=(report_id, scales, connections), daemon=True).start()


def find(report_id: int) -> dict[str, Any] | None:
    """One report, or None."""
    row = get_connection().execute("SELECT * FROM report WHERE id = ?", (report_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All reports by id."""
    return [dict(row) for row in get_connection().execute("SELECT * FROM report ORDER BY id")]
