"""Class-based views in two blueprints that are registered on the app itself; nothing is nested."""

from flask import Flask, current_app, jsonify, request

from .versions import one, two


class Huts(Flask):
    """The site, and what holds for all answers."""

    default_config = Flask.default_config | {
        "HUTS": (
            {"id": 1, "name": "Falcon Rock", "beds": 24, "closed": False},
            {"id": 2, "name": "Old Mill", "beds": 8, "closed": True},
            {"id": 3, "name": "Three Lakes", "beds": 60, "closed": False},
        ),
        "SERVICE": "huts",
        "V1_SUNSET": "Wed, 30 Jun 2027 12:00:00 GMT",
        "MOUNT": None,
    }

    def process_response(self, response):
        response = super().process_response(response)
        response.headers["X-Service"] = self.config["SERVICE"]
        return response


def create_app(config):
    app = Huts(__name__)
    app.config.from_mapping(config)
    prefix = app.config["MOUNT"] or ""
    app.register_blueprint(one, url_prefix=f"{prefix}/api/v1")
    app.register_blueprint(two, url_prefix=f"{prefix}/api/v2")
    app.register_blueprint(two, url_prefix=f"{prefix}/api/latest", name="latest")
    app.add_url_rule("/", "site", lambda: {"service": current_app.config["SERVICE"]})

    @app.errorhandler(404)
    def lost(error):
        if request.path.startswith(f"{prefix}/api/"):
            return jsonify({"error": "unknown address", "path": request.path}), 404
        return error

    return app
