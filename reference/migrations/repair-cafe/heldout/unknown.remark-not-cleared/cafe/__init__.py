"""The repair café: who repairs, what was brought in, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate import Migrate

from cafe.models import db
from cafe.pages import pages

FOLDER = Path(__file__).resolve().parent.parent

migrate = Migrate()


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """An app whose defaults are overridden by ``config``. Its tables are made by ``flask db upgrade``."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///cafe.db")
    app.config.from_mapping(config or {})
    db.init_app(app)
    migrate.init_app(app, db, directory=str(FOLDER / "migrations"))
    app.register_blueprint(pages)
    app.cli.add_command(load_sample)
    return app


@click.command("load-sample")
@with_appcontext
def load_sample() -> None:
    """Fills an empty database with sample.sql, as the released app would have left it."""
    connection = db.engine.raw_connection()
    connection.executescript((FOLDER / "sample.sql").read_text(encoding="utf-8"))
    connection.close()
