"""Sunroof: members of a solar club report what their roofs yield, and see what a simulation makes of it."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from sunroof.cache import PageCache
from sunroof.models import db
from sunroof.views import pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///sunroof.db",
        CACHE_REDIS_URL="redis://127.0.0.1:6379/0",
        CACHE_KEY_PREFIX="sunroof:",
        CACHE_DEFAULT_TIMEOUT=300,
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    PageCache(app)
    app.register_blueprint(pages)
    with app.app_context():
        db.create_all()
    return app
