"""The desk of a citizens' office: people draw a number and wait until it is called."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from desk import diagnostics, forms, numbers
from desk.models import create_tables, db


def create_app(config: Mapping[str, Any]) -> Flask:
    """Makes the app; ``config`` overrides its own defaults."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DESK_DATABASE") or "sqlite:///desk.db"
    # many workers write to one file: they wait for each other
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 30}}
    app.config.from_mapping(config)
    db.init_app(app)
    app.register_blueprint(numbers.blueprint)
    app.register_blueprint(forms.blueprint)
    app.register_blueprint(diagnostics.blueprint)
    app.extensions["forms"] = forms.load()
    with app.app_context():
        create_tables()
        db.engine.dispose()  # workers that are forked from this process open connections of their own
    # nginx is the only proxy: one value of each header is to be believed
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)
    return app
