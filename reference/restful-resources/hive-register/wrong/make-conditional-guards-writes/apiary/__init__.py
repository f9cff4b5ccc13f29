"""A register of beehives: two formats, tags, and writes that depend on them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, json
from werkzeug.exceptions import HTTPException

from .models import db
from .views import api


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///apiary.db")
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(api)
    app.register_error_handler(HTTPException, as_json)
    with app.app_context():
        db.create_all()
    return app


def as_json(error: HTTPException) -> Response:
    """The exception's own response, with its headers (``Allow`` is one) and another body."""
    response = error.get_response()
    response.data = json.dumps({"message": error.description or error.name})
    response.content_type = "application/json"
    return response
