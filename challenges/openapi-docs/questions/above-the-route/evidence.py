"""What the reply holds, and whether the document has a schema for 200."""

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


def outcome():
    def build(blp, app, api):
        @blp.response(200, Pet)
        @blp.get("/<int:pet_id>")
        def show(pet_id):
            return {"id": pet_id, "name": "Rex", "chip": "X7"}

    try:
        client = served(build)
    except TypeError as error:
        return error.__class__, False
    answer = client.get("/pets/1")
    operation = document(client)["paths"].get("/pets/{pet_id}", {}).get("get", {"responses": {}})
    return set(answer.json or ()), "200" in operation["responses"]


def as_usual():
    return outcome(), ({"id", "name"}, True)


def dumped_undocumented():
    return outcome(), ({"id", "name"}, False)


def untouched():
    return outcome(), ({"id", "name", "chip"}, False)


def documented_undumped():
    return outcome(), ({"id", "name", "chip"}, True)


def fails_at_import():
    return outcome()[0], TypeError


def not_routed():
    client_keys, _ = outcome()
    return client_keys, {"code", "status"}
