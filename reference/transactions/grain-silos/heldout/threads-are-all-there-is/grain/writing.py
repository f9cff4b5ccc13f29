"""Transactions that write."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from grain.models import db

LOCK = threading.Lock()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, committed at the end of the block, undone where the block fails.

    Only one block runs at a time, so nobody can change what it has read until it is committed. Others wait, and then
    read what was left to them.
    """
    with LOCK:
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
