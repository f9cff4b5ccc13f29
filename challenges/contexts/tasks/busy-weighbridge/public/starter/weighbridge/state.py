"""What everybody needs to get at."""

from flask import current_app

from weighbridge.connections import Connection

connection: Connection
operator = "unattended"
last_ticket: int | None = None


def setting(name: str, default: int) -> int:
    """A number from the configuration, or the default where there is no app."""
    return current_app.config[name] if current_app else default
