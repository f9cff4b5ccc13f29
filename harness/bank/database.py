"""The SQLite file with a person's progress: where it is, its tables, and what happens to it when it is older.

A rollback journal with ``synchronous = FULL`` (https://www.sqlite.org/pragma.html#pragma_synchronous): what was
committed is there after a kill or a power cut, and one file is the whole of it. A handful of small writes a minute
gains nothing from a write-ahead log, which does not work on network folders.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from harness.domain.errors import ProgressError

VARIABLE = "ASSAY_DATA"  # a folder, in place of the user's data folder
FILE = "progress.sqlite3"
BUSY_SECONDS = 10.0  # how long one process waits for another's write

# The statements of one version each. PRAGMA user_version says how many have been run; never change one that shipped.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE contents (digest TEXT PRIMARY KEY, content TEXT NOT NULL)",
        """CREATE TABLE attempts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('quiz', 'exam')),
            pool TEXT NOT NULL CHECK (pool IN ('practice', 'exam')),
            seed TEXT NOT NULL,
            blueprint TEXT NOT NULL,
            filter TEXT NOT NULL,
            started TEXT NOT NULL,
            deadline TEXT,
            finished TEXT)""",
        """CREATE TABLE items (
            attempt INTEGER NOT NULL REFERENCES attempts,
            place INTEGER NOT NULL,
            question TEXT NOT NULL,
            revision INTEGER NOT NULL,
            digest TEXT NOT NULL REFERENCES contents,
            domain TEXT NOT NULL,
            shown TEXT NOT NULL,
            flagged INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (attempt, place))""",
        """CREATE TABLE answers (
            attempt INTEGER NOT NULL,
            place INTEGER NOT NULL,
            chosen TEXT NOT NULL,
            correct INTEGER NOT NULL,
            seconds REAL NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (attempt, place),
            FOREIGN KEY (attempt, place) REFERENCES items)""",
        """CREATE TABLE cards (
            question TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            due TEXT NOT NULL,
            missed INTEGER NOT NULL)""",
    ),
)


def data_file() -> Path:
    """Where this person's progress is kept."""
    folder = os.environ.get(VARIABLE)
    if folder:
        return Path(folder) / FILE
    import platformdirs

    return platformdirs.user_data_path("assay", appauthor=False) / FILE


class Database:
    """The file, brought to the newest version. Each block of ``reading`` or ``writing`` is a transaction of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._migrate()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """What is read in the block is of one moment."""
        with self._told(), self._connection() as connection, _transaction(connection, "BEGIN"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of the block is written, or nothing. Whoever else wants to write waits."""
        with self._told(), self._connection() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            yield connection

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite or the file system refuses, as an error that a person can act on."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise ProgressError(
                f"Your progress can't be kept in {self.path}: {error}. Mend or move that file, or name another folder "
                f"in the environment variable {VARIABLE}."
            ) from error

    def _migrate(self) -> None:
        with self._connection() as connection:
            if _version(connection) == len(MIGRATIONS):
                return
            with _transaction(connection, "BEGIN IMMEDIATE"):
                done = _version(connection)  # another process may have been quicker
                if done > len(MIGRATIONS):
                    raise ProgressError(f"{self.path} was written by a newer assay. Update assay to go on with it.")
                for statements in MIGRATIONS[done:]:
                    for statement in statements:
                        connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
