"""What belongs to the request, command or report that is going on."""

from contextvars import ContextVar

from flask import Flask, current_app, g, request

from weighbridge.connections import Connection

UNATTENDED = "unattended"

_operator = ContextVar("operator", default=UNATTENDED)


def init_app(app: Flask) -> None:
    """Has operators noted, and connections closed at the end of every context."""
    app.before_request(note_operator)
    app.teardown_appcontext(close_connection)


def note_operator() -> None:
    """Notes who sends this request, if it says so."""
    if name := request.headers.get("X-Operator"):
        _operator.set(name)


def operator() -> str:
    """Who sends the active request."""
    return _operator.get()


def remarks() -> list[str]:
    """What has been remarked up to now; add to it."""
    if "remarks" not in g:
        g.remarks = []
    return g.remarks


def connection() -> Connection:
    """The connection of this context, which is opened when it is first needed."""
    if "connection" not in g:
        g.connection = current_app.extensions["connections"].open()
    return g.connection


def close_connection(error: BaseException | None = None) -> None:
    """Closes what ``connection`` has opened; what was not committed is undone."""
    if (opened := g.pop("connection", None)) is not None:
        opened.close()
