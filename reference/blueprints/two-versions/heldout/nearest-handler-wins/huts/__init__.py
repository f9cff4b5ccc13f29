"""The mountain huts of a hiking club. The site works; its API is yours to build."""

from flask import Flask, current_app, request

from .api import api

HUTS = [
    {"id": 1, "name": "Falcon Rock", "beds": 24, "closed": False},
    {"id": 2, "name": "Old Mill", "beds": 8, "closed": True},
    {"id": 3, "name": "Three Lakes", "beds": 60, "closed": False},
]


def create_app(config):
    app = Flask(__name__)
    app.config.from_mapping(
        HUTS=HUTS,
        SERVICE="huts",
        V1_SUNSET="Wed, 30 Jun 2027 12:00:00 GMT",
        MOUNT=None,
    )
    app.config.from_mapping(config)

    @app.get("/")
    def index():
        return {"service": current_app.config["SERVICE"]}

    prefix = (app.config["MOUNT"] or "") + "/api"
    app.register_blueprint(api, url_prefix=prefix)

    @app.after_request
    def add_service(response):
        response.headers["X-Service"] = current_app.config["SERVICE"]
        return response

    @app.errorhandler(404)
    def unknown_address(error):
        if request.path.startswith(prefix + "/"):
            return {"error": "unknown address", "path": request.path}, 404
        return error

    return app
