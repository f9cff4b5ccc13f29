"""How often something may be asked for."""

from flask import session
from flask_limiter import Limiter

limiter = Limiter(
    lambda: f"account {session['account_id']}",
    storage_uri="memory://",
    strategy="moving-window",
    headers_enabled=True,
)
