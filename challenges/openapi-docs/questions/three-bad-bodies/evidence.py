"""The statuses of the three requests."""

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


class PetSchema(ma.Schema):
    name = ma.fields.String(required=True)


def statuses():
    def build(blp, app, api):
        @blp.post("/")
        @blp.arguments(PetSchema)
        @blp.response(201, PetSchema)
        def add(data):
            return data

    client = served(build)
    answers = (
        client.post("/pets/", json={"name": "Rex", "colour": "brown"}),
        client.post("/pets/", data='{"name": "Rex"', content_type="application/json"),
        client.post("/pets/", data={"name": "Rex"}),
    )
    return [answer.status_code for answer in answers]


def unknown_dropped():
    return statuses(), [201, 400, 422]


def always_422():
    return statuses(), [422, 422, 422]


def form_read():
    return statuses(), [422, 400, 201]


def media_type():
    return statuses(), [422, 400, 415]


def unreadable_is_400():
    return statuses(), [422, 400, 422]


def always_400():
    return statuses(), [400, 400, 400]
