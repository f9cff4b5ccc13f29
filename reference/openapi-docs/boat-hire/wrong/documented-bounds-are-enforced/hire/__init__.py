"""The boat hire of a lake: its boats, who has them, and the document of its API."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .api import Api
from .models import db
from .views import blp


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make an app; ``config`` overrides the defaults. There is no default token: without one, no request has it."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///hire.db",
        API_TITLE="Boat hire",
        API_VERSION="1.0.0",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
    )
    app.config.from_mapping(config or {})

    db.init_app(app)
    Api(app).register_blueprint(blp)

    with app.app_context():
        db.create_all()
    return app
