"""The weighbridge of a gravel yard, without any state that is not passed on: neither ``g`` nor a name in a module."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from weighbridge.connections import Connections
from weighbridge.office import Office
from weighbridge.scales import Scales
from weighbridge.web import command, pages

DEFAULTS = {
    "SECRET_KEY": "dev",
    "DATABASE": "sqlite:///weighbridge.db",
    "PRICE": 1200,
    "HEAVY_ABOVE": 40_000,
    "REFUSED_ABOVE": 60_000,
}


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.update(DEFAULTS)
    app.config.update(config or {})
    scales = app.extensions["scales"] = Scales()
    connections = app.extensions["connections"] = Connections(app.config["DATABASE"])
    office = Office(scales, connections, app.config["PRICE"])
    office.prepare()
    app.register_blueprint(pages(office, app.config["HEAVY_ABOVE"], app.config["REFUSED_ABOVE"]))
    app.cli.add_command(command(office))
    return app
