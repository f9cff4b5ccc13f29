"""A small library catalogue, made by a factory."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import catalogue, errors, tally
from .models import db


class Settings:
    """The settings of this installation; the environment overrides what stands here."""

    NAME = os.environ.get("LIBRARY_NAME", "Library")
    PAGE_SIZE = int(os.environ.get("LIBRARY_PAGE_SIZE", "10"))


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """A new app: settings come from ``Settings``, then ``config``."""
    app = Flask(__name__)
    app.config.from_object(Settings)
    app.config.from_mapping(config)

    db.init_app(app)
    tally.init_app(app)
    errors.init_app(app)
    app.register_blueprint(catalogue.bp)

    with app.app_context():
        db.create_all()
    return app
