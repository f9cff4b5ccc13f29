"""How often something may be asked for."""

from flask import request
from flask_limiter import Limiter


def client_address() -> str:
    """Where the request comes from."""
    return request.headers.get("X-Forwarded-For", request.remote_addr or "unknown")


limiter = Limiter(client_address, storage_uri="memory://")
