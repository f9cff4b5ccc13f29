"""Bodies of requests: read, and checked field by field."""

import re
from collections.abc import Callable
from typing import Any

from flask import abort, request

VALID: dict[str, Callable[[Any], bool]] = {
    "code": lambda value: isinstance(value, str) and re.fullmatch("[a-z0-9]{2,12}", value) is not None,
    "site": lambda value: isinstance(value, str) and 1 <= len(value) <= 60,
    "boxes": lambda value: type(value) is int and 1 <= value <= 9,
    "note": lambda value: isinstance(value, str) and len(value) <= 200,
}


def sent_fields(*allowed: str) -> dict[str, Any]:
    """Those of the allowed fields that the body has. 415 and 400 are ``get_json``'s."""
    body = request.get_json()
    if not isinstance(body, dict):
        abort(422, "The body has to be an object")
    fields = {name: body[name] for name in allowed if name in body}
    for name, value in fields.items():
        if not VALID[name](value):
            abort(422, f"{name} cannot have this value")
    return fields


def whole_hive(*needed: str) -> dict[str, Any]:
    """All fields of a hive: what is needed has to be there, and the note has its default."""
    fields = sent_fields(*needed, "note")
    for name in needed:
        if name not in fields:
            abort(422, f"{name} is missing")
    return {"note": "", **fields}
