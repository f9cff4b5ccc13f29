"""The lost property office of a ferry line."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from lostproperty.database import Database
from lostproperty.equipment import Lamp, Printer, equipment
from lostproperty.lifecycle import register_handlers, register_hooks
from lostproperty.pages import pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(DATABASE="sqlite:///lostproperty.db", CLOSED=False)
    app.config.from_mapping(config or {})
    app.extensions["database"] = Database(app.config["DATABASE"])
    app.extensions["printer"] = Printer()
    app.extensions["lamp"] = Lamp()
    app.extensions["journal"] = []
    register_hooks(app)
    register_handlers(app)
    app.register_blueprint(equipment)
    app.register_blueprint(pages)
    return app
