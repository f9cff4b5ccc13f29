"""A flea market: what is sold, by whom, and leaflets to take home."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from market.leaflets import leaflets
from market.models import db
from market.offers import offers
from market.pages import pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///market.db",
        LEAFLET_FOLDER=str(Path(app.instance_path) / "leaflets"),
        DRAFT_FOLDER=str(Path(app.instance_path) / "leaflets-drafts"),
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(offers)
    app.register_blueprint(pages)
    app.register_blueprint(leaflets)
    for folder in ("LEAFLET_FOLDER", "DRAFT_FOLDER"):
        Path(app.config[folder]).mkdir(parents=True, exist_ok=True)
    with app.app_context():
        db.create_all()
    return app
