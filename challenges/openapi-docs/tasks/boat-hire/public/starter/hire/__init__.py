"""The boat hire of a lake: its boats, who has them, and a JSON API that is still to be written."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .models import db
from .views import bp


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///hire.db")
    app.config.from_mapping(config or {})

    db.init_app(app)
    app.register_blueprint(bp)

    with app.app_context():
        db.create_all()
    return app
