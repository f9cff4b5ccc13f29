"""The desk of a citizens' office: people draw a number and wait until it is called."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from desk import diagnostics, forms, numbers
from desk.board import Board
from desk.models import create_tables, db


class FromProxy:
    """Middleware: believes what a proxy has forwarded, where the request comes from that proxy."""

    def __init__(self, wsgi_app, proxy):
        self.direct = wsgi_app
        self.forwarded = ProxyFix(wsgi_app, x_for=2, x_proto=1, x_host=1, x_prefix=1)
        self.proxy = proxy

    def __call__(self, environ, start_response):
        called = self.forwarded if environ["REMOTE_ADDR"] == self.proxy else self.direct
        return called(environ, start_response)


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
    app.wsgi_app = FromProxy(app.wsgi_app, os.environ.get("DESK_PROXY", "127.0.0.1"))
    return app


def begin_worker(app: Flask) -> None:
    """To be called in each process that serves ``app``: neither connections nor threads come along in a fork."""
    with app.app_context():
        db.engine.dispose(close=False)
    app.extensions["board"].start()
