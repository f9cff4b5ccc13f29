"""The table of sightings. The database is an SQLite file, opened for each request."""

import sqlite3
from contextlib import contextmanager

TABLE = "CREATE TABLE IF NOT EXISTS sightings (id INTEGER PRIMARY KEY, place TEXT NOT NULL)"


@contextmanager
def opened(url):
    """A connection to the database at ``url``, such as ``sqlite:///meteors.db``. Raises sqlite3.Error."""
    database = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        database.execute(TABLE)
        yield database
        database.commit()
    finally:
        database.close()


def sightings(database):
    rows = database.execute("SELECT id, place FROM sightings ORDER BY id")
    return [{"id": number, "place": place} for number, place in rows]


def add(database, place):
    return database.execute("INSERT INTO sightings (place) VALUES (?)", (place,)).lastrowid


def check(database):
    """Raises sqlite3.Error unless the table can be read."""
    database.execute("SELECT id, place FROM sightings LIMIT 1").fetchone()
