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

# fields that are not the client's to set
BLOCKED = {"id", "owner_id", "price", "status", "password_hash", "role"}


def read_body(*needed: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """The request's JSON object without blocked fields; 422 if one is lacking or of the wrong kind."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or any(field not in sent for field in needed):
        abort(422)
    if any(type(sent[field]) is not KINDS[field] for field in (*needed, *optional) if field in sent):
        abort(422)
    return {field: value for field, value in sent.items() if field in needed or field not in BLOCKED}


def fill(row: Any, data: dict[str, Any]) -> Any:
    """Puts the fields of an object into a row."""
    for field, value in data.items():
        setattr(row, field, value)
    return row
