"""Lets a test stop a request just before it writes, so that another one can come in between. Leave this file as it is.

It is there only when TESTING is set. Until a test sends ``PUT /pauses``, nothing ever stops.

    PUT /pauses {"left": 1}     the next transaction that is about to write stops; if one is waiting, it goes on
    GET /pauses                 {"left": 0, "waiting": true}: one has stopped and waits

A transaction stops once: before its first INSERT, UPDATE or DELETE, or before its BEGIN IMMEDIATE or EXCLUSIVE.
"""

import re
import threading
from typing import Any

from flask import Flask, request
from sqlalchemy import Connection, Engine, event

WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|BEGIN\s+(IMMEDIATE|EXCLUSIVE)|WITH\b.*\b(INSERT|UPDATE|DELETE|REPLACE))\b",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 15.0  # seconds; then a request that waits goes on by itself
WROTE = "grain.pauses.wrote"


class Pauses:
    """Stops transactions of one engine, as often as it is told to."""

    def __init__(self, engine: Engine) -> None:
        self._changed = threading.Condition()
        self._left = 0
        self._waiting = False
        event.listen(engine, "before_cursor_execute", self._before_statement)
        event.listen(engine, "commit", self._ended)
        event.listen(engine, "rollback", self._ended)

    def init_app(self, app: Flask) -> None:
        """Adds the two routes."""
        app.add_url_rule("/pauses", view_func=self.state)
        app.add_url_rule("/pauses", view_func=self.change, methods=["PUT"])

    def state(self) -> dict[str, Any]:
        """How many stops are left, and whether a request waits."""
        with self._changed:
            return {"left": self._left, "waiting": self._waiting}

    def change(self) -> dict[str, Any]:
        """Sets how many stops are left, and lets a request that waits go on."""
        with self._changed:
            self._left = request.get_json()["left"]
            self._waiting = False
            self._changed.notify_all()
        return self.state()

    def _before_statement(self, connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:
        if not WRITES.match(statement):
            return
        if not connection.info.get(WROTE) or not cursor.connection.in_transaction:
            connection.info[WROTE] = True
            self._stop()

    def _ended(self, connection: Connection) -> None:
        connection.info.pop(WROTE, None)

    def _stop(self) -> None:
        with self._changed:
            if self._left > 0:
                self._left -= 1
                self._waiting = True
                self._changed.wait_for(lambda: not self._waiting, LONGEST)
                self._waiting = False
