"""Receipts of business trips: people upload them, bookkeepers download them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///receipts.db",
        UPLOAD_FOLDER=str(Path(app.instance_path) / "uploads"),
        MAX_FILE_SIZE=4_000_000,
        MAX_REQUEST_SIZE=16_000_000,
    )
    app.config.from_mapping(config or {})
    db.init_app(app)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    with app.app_context():
        db.create_all()
    return app
