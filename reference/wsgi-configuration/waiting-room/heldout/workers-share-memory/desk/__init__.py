"""The desk of a citizens' office: people draw a number and wait until it is called."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from desk import diagnostics, forms, numbers
from desk.models import create_tables, db
from desk.proxy import FromProxy


def create_app(config: Mapping[str, Any]) -> Flask:
    """Makes the app; ``config`` overrides its own defaults."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DESK_DATABASE") or "sqlite:///desk.db"
    # many workers write to one file: they wait for each other
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 30}}
    app.config["DESK_PROXY"] = os.environ.get("DESK_PROXY") or "127.0.0.1"
    app.config.from_mapping(config)
    db.init_app(app)
    app.register_blueprint(numbers.blueprint)
    app.register_blueprint(forms.blueprint)
    app.register_blueprint(diagnostics.blueprint)
    app.extensions["forms"] = forms.load()
    with app.app_context():
        create_tables()
        numbers.load_last()
        db.session.remove()
        db.engine.dispose()  # workers that are forked from this process open connections of their own
    app.wsgi_app = FromProxy(app.wsgi_app, app.config["DESK_PROXY"])
    return app
