"""What belongs to the request, command or report that is going on."""

from flask import Flask, current_app, g, request

from weighbridge.connections import Connection

UNATTENDED = "unattended"


def init_app(app: Flask) -> None:
    """Begins each request afresh, and has connections closed at the end of every context."""
    app.before_request(begin)
    app.teardown_appcontext(close_connection)


def begin() -> None:
    """Notes who sends this request."""
    current_app.operator = request.headers.get("X-Operator", UNATTENDED)
    current_app.remarks = []


def operator() -> str:
    """Who sends the active request."""
    return current_app.operator


def remarks() -> list[str]:
    """What has been remarked up to now; add to it."""
    return current_app.remarks


def connection() -> Connection:
    """The connection of this context, which is opened when it is first needed."""
    if "connection" not in g:
        g.connection = current_app.extensions["connections"].open()
    return g.connection


def close_connection(error: BaseException | None = None) -> None:
    """Closes what ``connection`` has opened; what was not committed is undone."""
    if (opened := g.pop("connection", None)) is not None:
        opened.close()
