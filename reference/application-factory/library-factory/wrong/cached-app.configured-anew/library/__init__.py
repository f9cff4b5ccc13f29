"""A small library catalogue, made by a factory."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import catalogue, errors, tally
from .models import db

DEFAULTS = {"NAME": "Library", "PAGE_SIZE": 10}


app = Flask(__name__)
app.register_blueprint(catalogue.bp)
errors.init_app(app)
tally.init_app(app)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The app, with its settings and its database."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("LIBRARY")
    app.config.from_mapping(config)

    if "sqlalchemy" not in app.extensions:
        db.init_app(app)

    with app.app_context():
        db.create_all()
    return app
