"""The paths in each of the two documents; the exception where the lines raise."""

import logging

from flask import Flask
from flask_smorest import Api, Blueprint

logging.disable()


RIGHT = ({"/v1/pets/"}, {"/v2/pets/"})


def documents(lines):
    app = Flask(__name__)
    app.config.update(API_TITLE="Pets", API_VERSION="1", OPENAPI_VERSION="3.0.3", OPENAPI_URL_PREFIX="/docs")
    for name in ("V1", "V2"):
        own = {"API_TITLE": "Pets", "API_VERSION": name, "OPENAPI_VERSION": "3.0.3"}
        own["OPENAPI_URL_PREFIX"] = f"/{name.lower()}"
        app.config.update({f"{name}_{key}": value for key, value in own.items()})
    blueprints = []
    for name in ("v1", "v2"):
        blp = Blueprint(f"pets-{name}", "pets", url_prefix=f"/{name}/pets")

        @blp.get("/")
        def pets():
            return {}

        blueprints.append(blp)
    try:
        lines(app, *blueprints)
    except (AssertionError, ValueError) as error:
        return error.__class__
    client = app.test_client()
    return tuple(
        set((client.get(f"/{name}/openapi.json").get_json(silent=True) or {}).get("paths", ())) for name in ("v1", "v2")
    )


def one_api():
    def lines(app, v1, v2):
        api = Api(app)
        api.register_blueprint(v1)
        api.register_blueprint(v2)

    return documents(lines), RIGHT


def two_plain():
    def lines(app, v1, v2):
        Api(app).register_blueprint(v1)
        Api(app).register_blueprint(v2)

    return documents(lines), RIGHT


def prefixed():
    def lines(app, v1, v2):
        Api(app, config_prefix="V1_").register_blueprint(v1)
        Api(app, config_prefix="V2_").register_blueprint(v2)

    return documents(lines), RIGHT


def kwargs():
    def lines(app, v1, v2):
        Api(app, spec_kwargs={"version": "1"}).register_blueprint(v1)
        Api(app, spec_kwargs={"version": "2"}).register_blueprint(v2)

    return documents(lines), RIGHT


def url_prefix():
    def lines(app, v1, v2):
        api = Api(app)
        api.register_blueprint(v1, url_prefix="/v1")
        api.register_blueprint(v2, url_prefix="/v2")

    return documents(lines), RIGHT


def flask_blueprints():
    def lines(app, v1, v2):
        app.register_blueprint(v1)
        app.register_blueprint(v2)
        Api(app, config_prefix="V1_")
        Api(app, config_prefix="V2_")

    return documents(lines), RIGHT
