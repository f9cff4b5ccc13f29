"""Requests that are sent again: the same Idempotency-Key means the same request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request
from sqlalchemy import select

from grain.locking import alone
from grain.models import Answer, db

Reply = tuple[dict[str, Any], int]


def once_per_key(view: Callable[..., Reply]) -> Callable[..., Reply]:
    """Carries a request out once per Idempotency-Key, and gives the first answer again."""

    @wraps(view)
    def wrapper(**values: Any) -> Reply:
        key = request.headers.get("Idempotency-Key")
        with alone():
            known = db.session.scalar(select(Answer).where(Answer.key == key)) if key else None
            if known is not None:
                if (known.path, known.asked) != (request.path, request.get_json()):
                    abort(422, "this key belongs to another request")
                return known.answered, 201
            answered, status = view(**values)
            if key:
                db.session.add(Answer(key=key, path=request.path, asked=request.get_json(), answered=answered))
            return answered, status

    return wrapper
