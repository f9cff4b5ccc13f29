"""Reports: what all lorries weighed together, and what that costs."""

import threading
from contextlib import closing
from typing import Any

from flask import current_app

from weighbridge.connections import Connection, Connections
from weighbridge.current import connection
from weighbridge.scales import Scales


def ask(operator: str, agent: str) -> int:
    """Notes who wants a report; gives its id."""
    cursor = connection().execute("INSERT INTO report (operator, agent) VALUES (?, ?)", (operator, agent))
    connection().commit()
    return cursor.lastrowid


def price() -> int:
    """Cents for 1000 kilograms."""
    return current_app.config["PRICE"] if current_app else 1200


def make(report_id: int, opened: Connection) -> None:
    """Makes the report."""
    row = opened.execute("SELECT count(*) AS tickets, total(kilograms) AS kilograms FROM ticket").fetchone()
    kilograms = int(row["kilograms"])
    amount = kilograms * price() // 1000
    opened.execute(
        "UPDATE report SET state = 'done', tickets = ?, kilograms = ?, amount = ? WHERE id = ?",
        (row["tickets"], kilograms, amount, report_id),
    )
    opened.commit()


def make_when_quiet(report_id: int, scales: Scales, connections: Connections) -> None:
    """Makes the report as soon as no weighing waits, with a connection of its own."""
    scales.wait_until_quiet()
    with closing(connections.open()) as opened:
        make(report_id, opened)


def make_in_background(report_id: int) -> None:
    """Has a thread make the report."""
    scales, connections = current_app.extensions["scales"], current_app.extensions["connections"]
    threading.Thread(target=make_when_quiet, args=(report_id, scales, connections), daemon=True).start()


def find(report_id: int) -> dict[str, Any] | None:
    """One report, or None."""
    row = connection().execute("SELECT * FROM report WHERE id = ?", (report_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All reports by id."""
    return [dict(row) for row in connection().execute("SELECT * FROM report ORDER BY id")]
