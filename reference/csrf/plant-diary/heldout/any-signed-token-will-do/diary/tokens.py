"""A token against forged requests."""

from flask import abort, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

MAX_AGE = 3600  # seconds


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="form-token")


def make_token() -> str:
    """A signed token for a form."""
    return _serializer().dumps("diary")


def check_token() -> None:
    """Refuses a POST with 400 unless it brings a token that this app has signed."""
    if request.method != "POST":
        return
    token = request.headers.get("X-CSRFToken") or request.form.get("csrf_token", "")
    try:
        _serializer().loads(token, max_age=MAX_AGE)
    except BadData:
        abort(400)
