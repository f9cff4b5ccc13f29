"""Reads the JSON objects that requests bring."""

from typing import Any

from flask import abort, request


def body() -> dict[str, Any]:
    """The JSON object of the request, or 400."""
    found = request.get_json()
    if not isinstance(found, dict):
        abort(400, "a JSON object is needed")
    return found


def whole(found: dict[str, Any], field: str) -> int:
    """The whole number from 1 in ``field``, or 400."""
    value = found.get(field)
    if type(value) is not int or value < 1:
        abort(400, f"{field} has to be a whole number from 1")
    return value


def text(found: dict[str, Any], field: str) -> str:
    """The text in ``field``, which is not empty, or 400."""
    value = found.get(field)
    if not isinstance(value, str) or not value:
        abort(400, f"{field} has to be a text")
    return value
