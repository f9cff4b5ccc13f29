"""The desk of a citizens' office: people draw a number and wait until it is called."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from desk import diagnostics, forms, numbers
from desk.board import Board
from desk.models import create_tables, db


class ForwardedAddress:
    """Middleware: the client's address is what X-Forwarded-For says."""

    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        if "HTTP_X_FORWARDED_FOR" in environ:
            environ["REMOTE_ADDR"] = environ["HTTP_X_FORWARDED_FOR"].split(",")[0].strip()
        return self.wsgi_app(environ, start_response)


def create_app(config: Mapping[str, Any]) -> Flask:
    """Makes the app; ``config`` overrides its own defaults."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DESK_DATABASE", "sqlite:///desk.db")
    app.config.from_mapping(config)
    db.init_app(app)
    app.register_blueprint(numbers.blueprint)
    app.register_blueprint(forms.blueprint)
    app.register_blueprint(diagnostics.blueprint)
    app.extensions["forms"] = forms.load()
    app.extensions["board"] = Board(app)
    with app.app_context():
        create_tables()
    app.extensions["board"].start()
    app.wsgi_app = ForwardedAddress(app.wsgi_app)
    return app
