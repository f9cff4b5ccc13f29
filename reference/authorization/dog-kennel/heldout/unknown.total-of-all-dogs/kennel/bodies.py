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


def read_body(*needed: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """These fields of the request's JSON object and no others; 422 if one is lacking or of the wrong kind."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or any(field not in sent for field in needed):
        abort(422)
    data = {field: sent[field] for field in (*needed, *optional) if field in sent}
    if any(type(value) is not KINDS[field] for field, value in data.items()):
        abort(422)
    return data


def fill(row: Any, data: dict[str, Any]) -> Any:
    """Puts the fields of an object into a row."""
    for field, value in data.items():
        setattr(row, field, value)
    return row
