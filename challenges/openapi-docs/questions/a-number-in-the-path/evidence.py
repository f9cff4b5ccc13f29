"""What the document says of the parameters, by name."""

import logging

import marshmallow as ma
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


def parameters():
    def build(blp, app, api):
        @blp.get("/<int:pet_id>/<slug>")
        @blp.response(200, Pet)
        def show(pet_id, slug):
            """Show one pet"""

    path = document(served(build))["paths"]["/pets/{pet_id}/{slug}"]
    return {one["name"]: (one["required"], one["schema"]) for one in path.get("parameters", ())}


TEXT, NUMBER = {"type": "string", "minLength": 1}, {"type": "integer"}


def strings():
    return parameters(), {"pet_id": (True, TEXT), "slug": (True, TEXT)}


def undocumented():
    return parameters(), {}


def typed():
    return parameters(), {"pet_id": (True, {**NUMBER, "minimum": 0}), "slug": (True, TEXT)}


def integer_alone():
    return set(parameters()), {"pet_id"}


def optional():
    return {name: one[0] for name, one in parameters().items()}, {"pet_id": False, "slug": False}


def signed():
    return parameters(), {"pet_id": (True, NUMBER), "slug": (True, TEXT)}
