"""Receipts of business trips: people upload them, bookkeepers download them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from werkzeug.exceptions import RequestEntityTooLarge

from .files import Refused
from .models import db
from .views import api


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
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_REQUEST_SIZE"]
    Path(app.config["UPLOAD_FOLDER"]).mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    app.register_blueprint(api)
    app.register_error_handler(Refused, Refused.answer)
    app.register_error_handler(RequestEntityTooLarge, request_too_large)
    with app.app_context():
        db.create_all()
    return app


def request_too_large(_error: RequestEntityTooLarge) -> tuple[dict[str, object], int]:
    """Flask raises it where a view first asks for the files."""
    return {"error": "request-too-large", "limit": current_app.config["MAX_REQUEST_SIZE"]}, 413
