"""Reading the JSON objects that clients send."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request

Kinds = Mapping[str, type]


def read_body(needed: Kinds, optional: Kinds | None = None) -> dict[str, Any]:
    """The named fields of the JSON object that was sent and no others; 422 if one is missing or of the wrong kind."""
    data = request.get_json(silent=True)
    if not isinstance(data, dict) or any(field not in data for field in needed):
        abort(422)
    kinds = {**needed, **(optional or {})}
    found = {field: data[field] for field in kinds if field in data}
    if any(type(value) is not kinds[field] for field, value in found.items()):
        abort(422)
    return found


def fill(row: Any, data: Mapping[str, Any]) -> None:
    """Puts fields that `read_body` let through into a row."""
    for field, value in data.items():
        setattr(row, field, value)
