"""The tickets, and what is remarked about a lorry while its ticket is written."""

from typing import Any

from flask import Response, after_this_request

from weighbridge.current import connection, operator, remarks

SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS ticket (
    id INTEGER PRIMARY KEY,
    scale TEXT NOT NULL,
    plate TEXT NOT NULL,
    kilograms INTEGER NOT NULL,
    operator TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS report (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'running',
    agent TEXT NOT NULL,
    operator TEXT,
    tickets INTEGER,
    kilograms INTEGER,
    amount INTEGER
);
"""


def remark(text: str) -> None:
    """Adds a remark for the answer."""
    remarks().append(text)


def is_new(plate: str) -> bool:
    """Whether the lorry has no ticket yet."""
    return connection().execute("SELECT id FROM ticket WHERE plate = ?", (plate,)).fetchone() is None


def add(scale: str, plate: str, kilograms: int) -> int:
    """Writes a ticket, which counts when it is committed; gives its id."""
    cursor = connection().execute(
        "INSERT INTO ticket (scale, plate, kilograms, operator) VALUES (?, ?, ?, ?)",
        (scale, plate, kilograms, operator()),
    )
    return cursor.lastrowid


def find(ticket_id: int) -> dict[str, Any] | None:
    """One ticket, or None."""
    row = connection().execute("SELECT * FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All tickets by id."""
    return [dict(row) for row in connection().execute("SELECT * FROM ticket ORDER BY id")]


def announce(ticket_id: int) -> None:
    """Has the response say which ticket was written."""

    @after_this_request
    def add_header(response: Response) -> Response:
        response.headers["X-Ticket"] = str(ticket_id)
        return response
