"""Which replies keep the document; those with another status than 200 are named as errors."""

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


FOUND = {1: {"id": "1", "name": 5}, 2: {"id": 2}, 3: {"id": 3, "name": None}}
TYPES = {"string": str, "integer": int}


class PetSchema(ma.Schema):
    id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)


def outcome():
    """Returns (the pets whose reply is as the document says, those that are answered by an error)."""

    def build(blp, app, api):
        @blp.get("/<int:pet_id>")
        @blp.response(200, PetSchema)
        def show(pet_id):
            return FOUND[pet_id]

    client = served(build)
    schema = document(client)["components"]["schemas"]["Pet"]
    kept, errors = [], []
    for number in FOUND:
        answer = client.get(f"/pets/{number}")
        if answer.status_code != 200:
            errors.append(number)
            continue
        complete = set(schema["required"]) <= set(answer.json)
        typed = all(isinstance(v, TYPES[schema["properties"][k]["type"]]) for k, v in answer.json.items())
        if complete and typed:
            kept.append(number)
    return kept, errors


def none():
    return outcome()[0], []


def formatted():
    return outcome(), ([1], [])


def every():
    return outcome()[0], [1, 2, 3]


def complete():
    return outcome()[0], [1, 3]


def typed():
    return outcome()[0], [2]


def errors_instead():
    return outcome(), ([1], [2, 3])
