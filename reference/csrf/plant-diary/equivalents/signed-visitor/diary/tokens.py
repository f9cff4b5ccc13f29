"""Tokens against forged requests: each is a signature of the random number that a browser has in a cookie."""

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, request

COOKIE = "visitor"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def number_visitor() -> None:
    """Finds the number of the browser, or draws one for a browser that is new."""
    g.visitor = request.cookies.get(COOKIE) or secrets.token_hex()


def remember_visitor(response: Response) -> Response:
    """Gives a new browser its number."""
    if request.cookies.get(COOKIE) != g.visitor:
        response.set_cookie(COOKIE, g.visitor, httponly=True, samesite="Strict")
    return response


def make_token() -> str:
    """The token of this browser, for a form or for the script."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), b"form " + g.visitor.encode(), "sha256").hex()


def check_token() -> None:
    """Refuses a request that changes something, if it lacks the browser's token or says that it came from elsewhere."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(400)
    name = "X-CSRFToken" if request.path.startswith("/api/") else "form_token"
    token = request.headers.get(name, "") if request.path.startswith("/api/") else request.form.get(name, "")
    if not hmac.compare_digest(token.encode(), make_token().encode()):
        abort(400)
