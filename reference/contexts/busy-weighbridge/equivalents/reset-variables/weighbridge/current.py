"""What belongs to the request, command or report that is going on: context variables, set anew for each."""

from contextvars import ContextVar

from flask import Flask, current_app, request
from flask.signals import appcontext_popped, appcontext_pushed

from weighbridge.connections import Connection

UNATTENDED = "unattended"

_remarks: ContextVar[list[str]] = ContextVar("remarks")
_connection: ContextVar[Connection | None] = ContextVar("connection", default=None)


def init_app(app: Flask) -> None:
    """Has every context begin with nothing, and end with its connection closed."""
    appcontext_pushed.connect(begin, app)
    appcontext_popped.connect(end, app)


def begin(app: Flask) -> None:
    """A context begins."""
    _remarks.set([])


def end(app: Flask) -> None:
    """A context ends; what was not committed is undone."""
    if (opened := _connection.get()) is not None:
        _connection.set(None)
        opened.close()


def operator() -> str:
    """Who sends the active request."""
    return request.headers.get("X-Operator", UNATTENDED)


def remarks() -> list[str]:
    """What has been remarked up to now; add to it."""
    return _remarks.get()


def connection() -> Connection:
    """The connection of this context, which is opened when it is first needed."""
    if (opened := _connection.get()) is None:
        opened = current_app.extensions["connections"].open()
        _connection.set(opened)
    return opened
