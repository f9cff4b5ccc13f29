"""A farm's shop: visitors fill a basket, customers log in."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .logins import keep_sessions_alive, login_manager
from .models import db
from .views import account, shop


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults. There is no default key: it has to be configured."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///farmshop.db",
        IDLE_SECONDS=1800,
        REMEMBER_SECONDS=2_592_000,
        SECURE_COOKIES=False,
        PASSWORD_HASH_METHOD="scrypt",
    )
    app.config.from_mapping(config or {})
    configure_cookies(app)
    db.init_app(app)
    login_manager.init_app(app)
    app.before_request(keep_sessions_alive)
    app.register_blueprint(shop)
    app.register_blueprint(account)
    with app.app_context():
        db.create_all()
    return app


def configure_cookies(app: Flask) -> None:
    """Two cookies, two sets of settings: Flask's for the session, Flask-Login's for remember-me."""
    for cookie in ("SESSION_COOKIE", "REMEMBER_COOKIE"):
        app.config[f"{cookie}_HTTPONLY"] = True
        app.config[f"{cookie}_SAMESITE"] = "Lax"
        app.config[f"{cookie}_SECURE"] = app.config["SECURE_COOKIES"]
    app.config["PERMANENT_SESSION_LIFETIME"] = app.config["IDLE_SECONDS"]
    app.config["REMEMBER_COOKIE_DURATION"] = app.config["REMEMBER_SECONDS"]
