"""User accounts whose API is guarded by access and refresh tokens."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from .auth import jwt
from .models import db
from .views import api


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults. There is no default key: it has to be configured."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///accounts.db",
        JWT_ALGORITHM="HS256",
        JWT_ACCESS_TOKEN_EXPIRES=900,
        JWT_REFRESH_TOKEN_EXPIRES=2_592_000,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    jwt.init_app(app)
    app.register_blueprint(api)
    app.register_error_handler(HTTPException, as_json)
    app.after_request(challenge)
    with app.app_context():
        db.create_all()
    return app


def as_json(error: HTTPException) -> tuple[dict[str, str], int]:
    """Errors are JSON, as everything else is."""
    return {"error": error.description or error.name}, error.code or 500


def challenge(response: Response) -> Response:
    """Every 401 names the scheme that would be accepted, wherever the 401 was made."""
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
