"""Requests that are sent again: the same Idempotency-Key means the same request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request
from sqlalchemy.exc import IntegrityError

from grain.models import Answer, db

Reply = tuple[dict[str, Any], int]


def in_one_transaction(view: Callable[..., Reply]) -> Callable[..., Reply]:
    """Commits what a view has done together with its Idempotency-Key, or nothing of it.

    The primary key of the answers decides which of two requests was the first; the other one is undone as a whole.
    """

    @wraps(view)
    def wrapper(**values: Any) -> Reply:
        key = request.headers.get("Idempotency-Key")
        if not key:
            answered, status = view(**values)
            db.session.commit()
            return answered, status
        if known := db.session.get(Answer, key):
            return first_answer(known)
        answered, status = view(**values)
        db.session.add(Answer(key=key, path=request.path, asked=request.get_json(), answered=answered))
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            return first_answer(db.session.get_one(Answer, key))
        return answered, status

    return wrapper


def first_answer(known: Answer) -> Reply:
    """The answer of the key's first request, or 422 where that was another one."""
    if (known.path, known.asked) != (request.path, request.get_json()):
        abort(422, "this key belongs to another request")
    return known.answered, 201
