"""What belongs to the request, command or report that is going on: it lives in ``g`` and ends with its context."""

from flask import Flask, current_app, g, request

from weighbridge.connections import Connection

UNATTENDED = "unattended"


def init_app(app: Flask) -> None:
    """Has connections closed at the end of every context."""
    app.teardown_appcontext(close_connection)


def operator() -> str:
    """Who sends the active request."""
    return request.headers.get("X-Operator", UNATTENDED)


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
