"""(The refusal's status and keys, the documented statuses)."""

import logging

import marshmallow as ma
from flask import Flask
from flask_smorest import Api, Blueprint, abort

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


def refusal():
    def build(blp, app, api):
        @blp.post("/")
        @blp.arguments(Pet)
        @blp.response(201, Pet)
        def add(data):
            abort(409, message="The name is taken.", errors={"name": data["name"]})

    client = served(build)
    answer = client.post("/pets/", json={"name": "Rex"})
    responses = set(document(client)["paths"]["/pets/"]["post"]["responses"])
    return answer.status_code, set(answer.json or ()), "409" in responses


def message_only():
    return refusal(), (409, {"code", "status", "message"}, False)


def all_and_default():
    return refusal(), (409, {"code", "status", "message", "errors"}, False)


def found_in_code():
    return refusal(), (409, {"code", "status", "message", "errors"}, True)


def flask_page():
    return refusal(), (409, set(), False)


def as_given():
    return refusal(), (409, {"message", "errors"}, False)


def server_error():
    return refusal(), (500, {"code", "status"}, False)
