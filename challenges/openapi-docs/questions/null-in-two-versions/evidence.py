"""What stands for the tag in each version."""

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


class PetSchema(ma.Schema):
    tag = ma.fields.String(allow_none=True)


def tags():
    def build(blp, app, api):
        @blp.post("/")
        @blp.arguments(PetSchema)
        def add(data): ...

    return tuple(
        document(served(build, version))["components"]["schemas"]["Pet"]["properties"]["tag"]
        for version in ("3.0.3", "3.1.0")
    )


OLD, NEW = {"type": "string", "nullable": True}, {"type": ["string", "null"]}


def nullable_twice():
    return tags(), (OLD, OLD)


def by_version():
    return tags(), (OLD, NEW)


def reversed():
    return tags(), (NEW, OLD)


def types_twice():
    return tags(), (NEW, NEW)


def silent():
    return tags(), ({"type": "string"}, {"type": "string"})


def any_of():
    return tags(), (OLD, {"anyOf": [{"type": "string"}, {"type": "null"}]})
