"""Requests that are sent again: the same Idempotency-Key means the same request."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request
from sqlalchemy import select

from grain.models import Answer, db
from grain.writing import writing

Reply = tuple[dict[str, Any], int]


def same_json(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; in Python alone ``True == 1 == 1.0``."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def once_per_key(view: Callable[..., Reply]) -> Callable[..., Reply]:
    """Carries a request out once per Idempotency-Key, and gives the first answer again.

    The view, the look at the key and the keeping of the answer are one transaction.
    """

    @wraps(view)
    def wrapper(**values: Any) -> Reply:
        key = request.headers.get("Idempotency-Key")
        with writing():
            if not key:
                return view(**values)
            known = db.session.scalar(select(Answer).where(Answer.key == key))
            if known is not None:
                if known.path != request.path or not same_json(known.asked, request.get_json()):
                    abort(422, "this key belongs to another request")
                return known.answered, 201
            answered, status = view(**values)
            db.session.add(Answer(key=key, path=request.path, asked=request.get_json(), answered=answered))
            return answered, status

    return wrapper
