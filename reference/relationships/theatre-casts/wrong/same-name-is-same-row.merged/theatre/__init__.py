"""A theatre: productions, their scenes and casts, and the props on stage."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .models import db
from .views import api


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///theatre.db")
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(api)
    with app.app_context():
        db.create_all()
    return app
