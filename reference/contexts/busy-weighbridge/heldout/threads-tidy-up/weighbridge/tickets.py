"""The tickets."""

from typing import Any

from weighbridge.database import get_connection


def is_new(plate: str) -> bool:
    """Whether the lorry has no ticket yet."""
    return get_connection().execute("SELECT id FROM ticket WHERE plate = ?", (plate,)).fetchone() is None


def add(scale: str, plate: str, kilograms: int, operator: str) -> int:
    """Writes a ticket, which counts when it is committed; gives its id."""
    cursor = get_connection().execute(
        "INSERT INTO ticket (scale, plate, kilograms, operator) VALUES (?, ?, ?, ?)",
        (scale, plate, kilograms, operator),
    )
    return cursor.lastrowid


def find(ticket_id: int) -> dict[str, Any] | None:
    """One ticket, or None."""
    row = get_connection().execute("SELECT * FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return dict(row) if row else None


def everything() -> list[dict[str, Any]]:
    """All tickets by id."""
    return [dict(row) for row in get_connection().execute("SELECT * FROM ticket ORDER BY id")]
