"""A grain cooperative: its silos, what is moved in and out of them, and what is moved between them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

from grain.models import db
from grain.movements import movements
from grain.pauses import Pauses
from grain.silos import silos


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///grain.db",
        SQLALCHEMY_ENGINE_OPTIONS={"connect_args": {"timeout": 20}},  # seconds to wait for a lock
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(silos)
    app.register_blueprint(movements)
    app.register_error_handler(HTTPException, refusal)
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # processes that start together create the tables once
            db.metadata.create_all(connection)
        if app.testing:
            Pauses(db.engine).init_app(app)
    return app


def refusal(error: HTTPException) -> tuple[dict[str, str], int]:
    """Errors are JSON objects."""
    return {"error": error.description or error.name}, error.code or 500
