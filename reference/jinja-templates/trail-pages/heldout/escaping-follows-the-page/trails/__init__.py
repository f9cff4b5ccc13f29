"""A site on which walkers report how the trails of their region are."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .api import api
from .pages import pages
from .store import Store


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SECRET_KEY="for development only", SITE_NAME="Trail reports")
    app.config.from_mapping(config or {})
    app.extensions["store"] = Store()
    app.register_blueprint(api)
    app.register_blueprint(pages)
    return app
