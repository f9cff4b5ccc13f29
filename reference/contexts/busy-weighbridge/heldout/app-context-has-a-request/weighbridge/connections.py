"""Where connections to the database come from. This file stays as it is: tests count by it what is open."""

import sqlite3
import threading


class Connections:
    """Opens connections to the database of one app, and knows how many are not yet closed."""

    def __init__(self, address: str) -> None:
        self._path = address.removeprefix("sqlite:///")
        self._lock = threading.Lock()
        self._count = 0

    def open(self) -> "Connection":
        """A new connection; its rows can be read by name, and any thread may use it."""
        connection = sqlite3.connect(self._path, factory=Connection, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.origin = self
        self.add(1)
        return connection

    def add(self, number: int) -> None:
        """Notes that so many more are open."""
        with self._lock:
            self._count += number

    @property
    def count(self) -> int:
        """How many are open."""
        with self._lock:
            return self._count


class Connection(sqlite3.Connection):
    """A connection that is counted until ``close`` is called."""

    origin: Connections | None = None

    def close(self) -> None:
        """Closes it. What was not committed is undone."""
        super().close()
        origin, self.origin = self.origin, None
        if origin is not None:
            origin.add(-1)
