"""The paths of the document."""

import logging

import marshmallow as ma
from flask import Blueprint as FlaskBlueprint
from flask import Flask
from flask_smorest import Api, Blueprint

logging.disable()


class Pet(ma.Schema):
    id = ma.fields.Integer(dump_only=True)
    name = ma.fields.String(required=True)


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


def document(client):
    return client.get("/docs/openapi.json").json


def paths():
    def build(blp, app, api):
        ui = FlaskBlueprint("ui", __name__)

        @app.get("/status")
        def status():
            return {"ok": True}

        @ui.get("/about")
        def about():
            return "<h1>Pets</h1>"

        @blp.get("/count")
        def count():
            return {"count": 3}

        @blp.get("/")
        @blp.response(200, Pet(many=True))
        def pets():
            return []

        app.register_blueprint(ui)

    return set(document(served(build))["paths"])


def all():
    return paths(), {"/status", "/about", "/pets/count", "/pets/"}


def json_routes():
    return paths(), {"/status", "/pets/count", "/pets/"}


def with_schema():
    return paths(), {"/pets/"}


def registered():
    return paths(), {"/pets/count", "/pets/"}


def blueprints():
    return paths(), {"/about", "/pets/count", "/pets/"}


def none():
    return paths(), set()
