"""Tickets and reports of one app. Knows nothing of Flask; each method opens the connection that it needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from weighbridge.connections import Connection, Connections
from weighbridge.scales import Scales

TABLES = """
CREATE TABLE IF NOT EXISTS ticket (
    id INTEGER PRIMARY KEY, scale TEXT NOT NULL, plate TEXT NOT NULL, kilograms INTEGER NOT NULL, operator TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS report (
    id INTEGER PRIMARY KEY, state TEXT NOT NULL, operator TEXT NOT NULL, agent TEXT NOT NULL,
    tickets INTEGER, kilograms INTEGER, amount INTEGER
);
"""


class Office:
    def __init__(self, scales: Scales, connections: Connections, price: int) -> None:
        self.scales = scales
        self.connections = connections
        self.price = price

    @contextmanager
    def _database(self) -> Iterator[Connection]:
        connection = self.connections.open()
        try:
            with connection:  # commits, or rolls back
                yield connection
        finally:
            connection.close()

    def prepare(self) -> None:
        with self._database() as connection:
            connection.executescript(TABLES)

    def knows(self, plate: str) -> bool:
        with self._database() as connection:
            return bool(connection.execute("SELECT count(*) FROM ticket WHERE plate = ?", [plate]).fetchone()[0])

    def write_ticket(self, scale: str, plate: str, kilograms: int, operator: str) -> dict[str, Any]:
        with self._database() as connection:
            rows = connection.execute(
                "INSERT INTO ticket (scale, plate, kilograms, operator) VALUES (?, ?, ?, ?) RETURNING *",
                [scale, plate, kilograms, operator],
            ).fetchall()
            return dict(rows[0])

    def ask_for_report(self, operator: str, agent: str) -> int:
        with self._database() as connection:
            return connection.execute(
                "INSERT INTO report (state, operator, agent) VALUES ('running', ?, ?)", [operator, agent]
            ).lastrowid

    def make_report(self, report_id: int) -> None:
        with self._database() as connection:
            connection.execute(
                """
                UPDATE report SET state = 'done', tickets = sums.tickets, kilograms = sums.kilograms,
                    amount = sums.kilograms * ? / 1000
                FROM (SELECT count(*) AS tickets, coalesce(sum(kilograms), 0) AS kilograms FROM ticket) AS sums
                WHERE report.id = ?
                """,
                [self.price, report_id],
            )

    def make_report_later(self, report_id: int) -> None:
        def work() -> None:
            self.scales.wait_until_quiet()
            self.make_report(report_id)

        Thread(target=work, daemon=True).start()

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self._database() as connection:
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]

    def row(self, table: str, row_id: int) -> dict[str, Any] | None:
        return next((row for row in self.rows(table) if row["id"] == row_id), None)
