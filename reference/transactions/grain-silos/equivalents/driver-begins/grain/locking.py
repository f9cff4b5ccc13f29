"""Every transaction takes the write lock before it reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from grain.models import db


def begin_immediately(engine: Engine) -> None:
    """Takes the BEGIN from the driver, which would send it too late."""

    @event.listens_for(engine, "connect")
    def leave_it_to_us(connection: Any, record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.connection.execute("BEGIN IMMEDIATE")


@contextmanager
def alone() -> Iterator[None]:
    """The block is one transaction: it is stored as a whole, or not at all."""
    db.session.rollback()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
