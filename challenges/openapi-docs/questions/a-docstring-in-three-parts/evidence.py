"""What the document says: (summary, description, tags)."""

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


def said():
    def build(blp, app, api):
        @blp.get("/")
        @blp.response(200, Pet(many=True))
        def pets():
            """List the pets

            Sold ones are left out.
            ---
            Reads the old table until the move is done.
            """
            return []

    operation = document(served(build))["paths"]["/pets/"]["get"]
    return operation.get("summary"), operation.get("description"), operation["tags"]


FIRST, SECOND, THIRD = "List the pets", "Sold ones are left out.", "Reads the old table until the move is done."


def all_in_description():
    summary, description, _ = said()
    return (summary, THIRD in (description or "")), (None, True)


def all_public():
    summary, description, _ = said()
    return (summary, THIRD in (description or "")), (FIRST, True)


def nothing():
    return said()[:2], (None, None)


def split():
    return said()[:2], (FIRST, SECOND)


def summary_alone():
    return said()[:2], (FIRST, None)


def tags():
    return said(), (FIRST, SECOND, [THIRD])
