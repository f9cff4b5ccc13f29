"""One writer at a time, from before the first read on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from grain.models import db


@contextmanager
def alone() -> Iterator[None]:
    """What is read and written in the block is one transaction, with nobody else's write in between."""
    db.session.rollback()
    db.session.execute(text("BEGIN IMMEDIATE"))
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
