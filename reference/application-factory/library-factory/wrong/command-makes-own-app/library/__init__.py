"""A small library catalogue, made by a factory."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import catalogue, commands, errors, tally
from .models import db

DEFAULTS = {"NAME": "Library", "PAGE_SIZE": 10, "SQLALCHEMY_DATABASE_URI": "sqlite:///:memory:"}


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """A new app: settings come from the defaults, then the environment (``LIBRARY_…``), then ``config``."""
    app = Flask(__name__)
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("LIBRARY")
    app.config.from_mapping(config)

    db.init_app(app)
    tally.init_app(app)
    errors.init_app(app)
    app.register_blueprint(catalogue.bp)
    app.cli.add_command(commands.add_book)
    app.cli.add_command(commands.init_db)

    with app.app_context():
        db.create_all()
    return app
