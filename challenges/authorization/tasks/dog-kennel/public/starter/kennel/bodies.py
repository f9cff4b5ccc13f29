"""Reading the JSON objects that clients send."""

from typing import Any

from flask import abort, request

KINDS = {
    "email": str,
    "password": str,
    "name": str,
    "breed": str,
    "notes": str,
    "arrives": str,
    "nights": int,
    "price": int,
    "role": str,
}


def read_body(*needed: str) -> dict[str, Any]:
    """The JSON object of the request; 422 if it lacks a field or has one of the wrong kind."""
    data = request.get_json(silent=True)
    if not isinstance(data, dict) or any(field not in data for field in needed):
        abort(422)
    if any(type(value) is not KINDS[field] for field, value in data.items() if field in KINDS):
        abort(422)
    return data


def fill(row: Any, data: dict[str, Any]) -> Any:
    """Puts the fields of an object into a row."""
    for field, value in data.items():
        setattr(row, field, value)
    return row
