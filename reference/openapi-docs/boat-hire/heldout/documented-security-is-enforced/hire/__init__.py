"""The boat hire of a lake: its boats, who has them, a JSON API, and the document of that API."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask

from .errors import register_errors
from .models import db
from .openapi import DOCUMENT
from .views import bp


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///hire.db", API_TOKEN=secrets.token_urlsafe(32))
    app.config.from_mapping(config or {})

    db.init_app(app)
    app.register_blueprint(bp)
    app.add_url_rule("/openapi.json", "openapi", lambda: DOCUMENT)
    register_errors(app)

    with app.app_context():
        db.create_all()
    return app
