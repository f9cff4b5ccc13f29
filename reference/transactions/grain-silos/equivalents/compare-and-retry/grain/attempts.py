"""Optimistic locking: whatever has changed since it was read makes the whole attempt start again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from grain.models import db

T = TypeVar("T")
MOST = 10


def attempted(view: Callable[..., T]) -> Callable[..., T]:
    """Carries a view out in a transaction of its own, and again from the beginning where somebody else came first."""

    @wraps(view)
    def wrapper(**values: Any) -> T:
        for _ in range(MOST):
            try:
                answer = view(**values)
                db.session.commit()
            except (StaleDataError, IntegrityError, OperationalError):
                db.session.rollback()
            else:
                return answer
        abort(503, "too much is going on")

    return wrapper
