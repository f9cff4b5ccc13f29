"""Answers to requests that went wrong."""

from typing import Any

from flask import Flask, current_app
from werkzeug.exceptions import NotFound


def not_found(error: NotFound) -> tuple[dict[str, Any], int]:
    return {"error": "not found", "library": current_app.config["NAME"]}, 404


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, not_found)
