"""The weighbridge of a gravel yard: lorries are weighed, tickets written, reports made."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from weighbridge import database
from weighbridge.commands import report_command
from weighbridge.connections import Connections
from weighbridge.pages import pages
from weighbridge.scales import Scales


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SECRET_KEY="for development only",
        DATABASE="sqlite:///weighbridge.db",
        PRICE=1200,
        HEAVY_ABOVE=40_000,
        REFUSED_ABOVE=60_000,
    )
    app.config.from_mapping(config or {})
    app.extensions["scales"] = Scales()
    app.extensions["connections"] = Connections(app.config["DATABASE"])
    database.init_app(app)
    app.register_blueprint(pages)
    app.cli.add_command(report_command)
    return app
