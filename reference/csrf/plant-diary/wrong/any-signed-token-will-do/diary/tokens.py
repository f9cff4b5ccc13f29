"""Tokens against forged requests: all forms have one, and the script's header."""

from flask import abort, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

MAX_AGE = 3600  # seconds
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="form-token")


def make_token() -> str:
    """A signed token for a form or for the script."""
    return _serializer().dumps("diary")


def check_token() -> None:
    """Refuses a request that changes something, unless it brings a token that this app has signed."""
    if request.method in SAFE_METHODS:
        return
    token = request.headers.get("X-CSRFToken") or request.form.get("form_token", "")
    try:
        _serializer().loads(token, max_age=MAX_AGE)
    except BadData:
        abort(400)
