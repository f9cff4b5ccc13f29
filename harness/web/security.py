"""What every answer says to browsers, and what requests must prove."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import g
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

if TYPE_CHECKING:
    from flask import Flask, Response

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # an address may hold an invitation's token
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR = 365 * 24 * 3600


def style_nonce() -> str:
    """Lets this one answer's page make a stylesheet by script, as the editor does."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    nonce: str = g.style_nonce
    return nonce


def content_policy() -> str:
    """What the page of this answer may load."""
    if "style_nonce" not in g:
        return CONTENT_POLICY
    return CONTENT_POLICY.replace("style-src 'self'", f"style-src 'self' 'nonce-{g.style_nonce}'")


csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)


def by_account() -> str:
    """Whose request a limit counts, where it is for accounts: many may come from one address."""
    return f"account {current_user.user_id}" if current_user.is_authenticated else get_remote_address()


def init_app(app: Flask) -> None:
    csrf.init_app(app)
    limiter.init_app(app)

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", content_policy())
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-store")  # the next person at this browser is another one
        return response
