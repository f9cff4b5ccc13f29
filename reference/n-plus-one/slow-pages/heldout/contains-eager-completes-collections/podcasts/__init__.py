"""A directory of podcasts: who makes which shows, their episodes, and what listeners think of them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from podcasts.catalogue import catalogue
from podcasts.models import db
from podcasts.pages import pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///podcasts.db")
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(catalogue)
    app.register_blueprint(pages)
    with app.app_context():
        db.create_all()
    return app
