"""Tokens against forged requests: random, kept in the session, and used up by the request that brings them."""

import hmac
import secrets

from flask import abort, request, session

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def make_token() -> str:
    """The token of this session, for a form or for the script."""
    if "form_token" not in session:
        session["form_token"] = secrets.token_urlsafe()
    return session["form_token"]


def check_token() -> None:
    """Refuses a request that changes something, unless it brings the token; that token is then used up."""
    if request.method in SAFE_METHODS:
        return
    token = request.headers.get("X-CSRFToken") or request.form.get("form_token", "")
    if not hmac.compare_digest(token.encode(), session.get("form_token", "").encode()) or not token:
        abort(400)
    del session["form_token"]
