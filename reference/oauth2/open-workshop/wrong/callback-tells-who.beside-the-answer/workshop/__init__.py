"""The site of an open workshop, whose visitors log in with the account that they have with the town."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import town
from .models import db
from .views import site


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults. There is no default key: it has to be configured."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///workshop.db",
        SESSION_COOKIE_SAMESITE="Lax",  # not "Strict": the callback is a request that comes from another site
        PROVIDER_URL="https://id.town.example",
        CLIENT_ID="workshop",
        CLIENT_SECRET="",
        MEMBERS=[],
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    town.init_app(app)
    app.register_blueprint(site)
    with app.app_context():
        db.create_all()
    return app
