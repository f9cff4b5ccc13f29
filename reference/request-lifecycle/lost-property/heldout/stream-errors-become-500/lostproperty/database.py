"""The database of the office. This file stays as it is."""

import sqlite3
from threading import Lock

SCHEMA = "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, ship TEXT NOT NULL, thing TEXT NOT NULL)"


class Connection(sqlite3.Connection):
    """A connection that its database counts. What was not committed when it is closed is undone."""

    database: "Database"
    is_open = True

    def close(self) -> None:
        super().close()
        if self.is_open:
            self.is_open = False
            self.database.count(-1)


class Database:
    """Opens connections, and counts those that are open."""

    def __init__(self, address: str) -> None:
        self.path = address.removeprefix("sqlite:///")
        self.connections = 0
        self._lock = Lock()
        connection = self.open()
        connection.execute(SCHEMA)
        connection.close()

    def open(self) -> Connection:
        connection = sqlite3.connect(self.path, factory=Connection)
        connection.row_factory = sqlite3.Row
        connection.database = self
        self.count(1)
        return connection

    def count(self, change: int) -> None:
        with self._lock:
            self.connections += change
