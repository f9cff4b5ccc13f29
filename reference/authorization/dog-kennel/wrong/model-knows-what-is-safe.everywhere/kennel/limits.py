"""How often something may be asked for."""

from flask import g
from flask_limiter import Limiter


def account_id() -> str:
    """Whose request it is: an address may be shared by many, and a header says what its sender likes."""
    return str(g.account.id)


limiter = Limiter(account_id, storage_uri="memory://", headers_enabled=True)
