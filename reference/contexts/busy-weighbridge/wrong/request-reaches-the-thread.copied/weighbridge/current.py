"""What belongs to the request, command or report that is going on: it lives in ``g`` and ends with its context."""

from flask import Flask, current_app, g, request

from weighbridge.connections import Connection

UNATTENDED = "unattended"


def init_app(app: Flask) -> None:
    """Has operators noted, and connections closed at the end of every context."""
    app.before_request(note_operator)
    app.teardown_appcontext(close_connection)


def note_operator() -> None:
    """Notes who sends this request."""
    g.operator = request.headers.get("X-Operator", UNATTENDED)


def operator() -> str:
    """Whom this is done for."""
    return g.get("operator", UNATTENDED)


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
