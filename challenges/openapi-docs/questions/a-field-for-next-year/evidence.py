"""Whether a strict client of yesterday's document takes a reply with one more property."""

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


def strict(schema):
    """Whether a reply of yesterday is as before, and one with a new property is allowed by yesterday's document."""

    def build(blp, app, api):
        @blp.get("/")
        @blp.response(200, schema)
        def show():
            return {"id": 1, "name": "Rex", "secret": "x"}

    client = served(build)
    (entry,) = (one for name, one in document(client)["components"]["schemas"].items() if name.startswith("Pet"))
    same = client.get("/pets/").json == {"id": 1, "name": "Rex"}
    return same, entry.get("additionalProperties", True) is not False


def with_meta(**options):
    class PetSchema(ma.Schema):
        Meta = type("Meta", (), options)
        id = ma.fields.Integer()
        name = ma.fields.String()

    return strict(PetSchema)


def as_it_is():
    return with_meta(), (True, True)


def refuse_unknown():
    return with_meta(unknown=ma.RAISE), (True, True)


def exclude():
    return with_meta(unknown=ma.EXCLUDE), (True, True)


def not_required():
    class PetSchema(ma.Schema):
        id = ma.fields.Integer(required=False)
        name = ma.fields.String(required=False)

    return strict(PetSchema), (True, True)


def ordered():
    return with_meta(ordered=True), (True, True)


def version():
    return with_meta(), (True, True)
