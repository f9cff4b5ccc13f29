"""What the three addresses answer: (status, the body is the document)."""

import logging

from flask import Flask
from flask_smorest import Api, Blueprint

logging.disable()


def served(build, version="3.0.3", **config):
    """A client of an app with an API of one blueprint, on which ``build(blp, app, api)`` has put routes."""
    app = Flask(__name__)
    app.config.update(API_TITLE="Pets", API_VERSION="1", OPENAPI_VERSION=version, OPENAPI_URL_PREFIX="/docs")
    app.config.update(config)
    api = Api(app)
    blp = Blueprint("pets", "pets", url_prefix="/pets")
    build(blp, app, api)
    api.register_blueprint(blp)
    return app.test_client()


def addresses():
    def build(blp, app, api):
        @blp.get("/")
        def pets():
            return {}

    client = served(build)
    found = []
    for path in ("/docs/openapi.json", "/docs/swagger-ui", "/docs"):
        answer = client.get(path)
        found.append("document" if (answer.json or {}).get("openapi") else answer.status_code)
    return found


def json_alone():
    return addresses(), ["document", 404, 404]


def json_and_ui():
    return addresses(), ["document", 200, 404]


def redirect():
    return addresses(), ["document", 200, 302]


def nothing():
    return addresses(), [404, 404, 404]


def at_the_prefix():
    return addresses(), [404, 404, "document"]


def debug_only():
    return addresses()[0], 404
