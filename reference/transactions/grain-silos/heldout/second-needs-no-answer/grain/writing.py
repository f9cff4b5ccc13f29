"""Transactions that write."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from grain.models import db


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, committed at the end of the block, undone where the block fails.

    It takes SQLite's write lock before anything is read, so nobody, in whichever process, can change what the block
    has read until it is committed. Others wait for the lock, and then read what was left to them.
    """
    db.session.execute(text("BEGIN IMMEDIATE"))
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
