"""The guided walks of a walking club, each page with one address."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, json
from werkzeug.exceptions import HTTPException

from .converters import DayConverter, GuideConverter
from .diary import Diary
from .views import pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app with an empty diary; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(config or {})
    app.extensions["diary"] = Diary()
    app.url_map.converters.update(day=DayConverter, guide=GuideConverter)  # before the rules that name them
    app.register_blueprint(pages)
    app.register_error_handler(HTTPException, as_json)
    return app


def as_json(error: HTTPException) -> Response:
    """The error's own response, headers and all, with a body in JSON."""
    response = error.get_response()
    response.data = json.dumps({"error": error.description or error.name})
    response.content_type = "application/json"
    return response
