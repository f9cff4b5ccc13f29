"""The database connection of whatever is under way: a request, a command or a report."""

from contextlib import closing

from flask import Flask, current_app, g

from weighbridge.connections import Connection

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


def get_connection() -> Connection:
    """The connection of the current app context, opened at its first use."""
    if "connection" not in g:
        g.connection = current_app.extensions["connections"].open()
    return g.connection


def close_connection(error: BaseException | None = None) -> None:
    """Closes the connection of the current app context, if it has one; what was not committed is undone."""
    connection = g.pop("connection", None)
    if connection is not None:
        connection.close()


def init_app(app: Flask) -> None:
    """Makes the tables, and has connections closed when their context ends."""
    with closing(app.extensions["connections"].open()) as connection:
        connection.executescript(SCHEMA)
    app.teardown_appcontext(close_connection)
