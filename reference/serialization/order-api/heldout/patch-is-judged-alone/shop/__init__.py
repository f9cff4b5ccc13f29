"""A small shop: customers, their orders, and a JSON API in front of them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .models import db
from .views import bp


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the app; ``config`` overrides its defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///shop.db")
    app.config.from_mapping(config or {})

    db.init_app(app)
    app.register_blueprint(bp)

    with app.app_context():
        db.create_all()
    return app
