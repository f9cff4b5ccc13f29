"""How often something may be asked for."""

from flask import g, request
from flask_limiter import Limiter


def account_and_address() -> str:
    """Whose request it is, and from where; the proxy tells the address."""
    return f"{g.account.id} {request.headers.get('X-Forwarded-For', request.remote_addr)}"


limiter = Limiter(account_and_address, storage_uri="memory://", headers_enabled=True)
