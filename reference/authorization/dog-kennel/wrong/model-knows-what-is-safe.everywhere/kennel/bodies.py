"""Reading the JSON objects that clients send."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request

Kinds = Mapping[str, type]


def read_body(needed: Kinds, optional: Kinds | None = None) -> dict[str, Any]:
    """The JSON object that was sent; 422 if a named field is missing or of the wrong kind."""
    data = request.get_json(silent=True)
    if not isinstance(data, dict) or any(field not in data for field in needed):
        abort(422)
    kinds = {**needed, **(optional or {})}
    if any(type(data[field]) is not kind for field, kind in kinds.items() if field in data):
        abort(422)
    return data


def fill(row: Any, data: Mapping[str, Any]) -> Any:
    """Puts what was sent into a row, which knows its fields."""
    for field, value in data.items():
        setattr(row, field, value)
    return row
