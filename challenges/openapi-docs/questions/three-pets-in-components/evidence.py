"""The entries, and how many warnings there were."""

import logging
import warnings

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


class PetSchema(ma.Schema):
    id = ma.fields.Integer(dump_only=True)
    name = ma.fields.String(required=True)


def entries():
    def build(blp, app, api):
        @blp.post("/")
        @blp.arguments(PetSchema)
        @blp.response(201, PetSchema)
        def add(data): ...

        @blp.patch("/<int:pet_id>")
        @blp.arguments(PetSchema(partial=True))
        @blp.response(200, PetSchema(only=["name"]))
        def change(data, pet_id): ...

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        schemas = document(served(build))["components"]["schemas"]
    named = [one for one in said if "resolved to the name Pet" in str(one.message)]
    return {name for name in schemas if name.startswith("Pet")}, len(named)


def one():
    return entries(), ({"Pet"}, 0)


def two_directions():
    return entries(), ({"PetRequest", "PetResponse"}, 0)


def inline():
    return entries(), ({"Pet"}, 0)


def numbered():
    return entries(), ({"Pet", "Pet1", "Pet2"}, 2)


def described():
    return entries(), ({"Pet", "PetPartial", "PetOnlyName"}, 0)


def last_wins():
    return entries(), ({"Pet"}, 2)
