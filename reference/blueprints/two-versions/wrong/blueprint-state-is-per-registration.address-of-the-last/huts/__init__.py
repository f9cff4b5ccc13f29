"""The mountain huts of a hiking club: a site, and an API in two versions."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, request

from .api import api

HUTS = [
    {"id": 1, "name": "Falcon Rock", "beds": 24, "closed": False},
    {"id": 2, "name": "Old Mill", "beds": 8, "closed": True},
    {"id": 3, "name": "Three Lakes", "beds": 60, "closed": False},
]


def create_app(config: Mapping[str, Any]) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        HUTS=HUTS,
        SERVICE="huts",
        V1_SUNSET="Wed, 30 Jun 2027 12:00:00 GMT",
        MOUNT=None,
    )
    app.config.from_mapping(config)

    @app.get("/")
    def index() -> dict[str, str]:
        return {"service": current_app.config["SERVICE"]}

    app.after_request(name_the_service)
    app.register_error_handler(404, unknown_address)
    app.register_blueprint(api, url_prefix=f"{app.config['MOUNT'] or ''}/api")
    return app


def name_the_service(response: Response) -> Response:
    response.headers["X-Service"] = current_app.config["SERVICE"]
    return response


def unknown_address(_error: Exception) -> tuple[dict[str, str], int]:
    """What the versions' own handlers leave: requests that matched no route."""
    return {"error": "unknown address", "path": request.path}, 404
