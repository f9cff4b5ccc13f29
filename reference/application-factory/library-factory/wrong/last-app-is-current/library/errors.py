"""Answers to requests that went wrong."""

from typing import Any

from flask import Flask
from werkzeug.exceptions import NotFound

from . import settings


def not_found(error: NotFound) -> tuple[dict[str, Any], int]:
    return {"error": "not found", "library": settings.NAME}, 404


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, not_found)
