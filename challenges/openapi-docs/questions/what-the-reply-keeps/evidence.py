"""What the reply holds."""

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
    id = ma.fields.Integer(dump_only=True)
    name = ma.fields.String(required=True)
    chip = ma.fields.String(load_only=True)


def reply():
    def build(blp, app, api):
        @blp.get("/<int:pet_id>")
        @blp.response(200, PetSchema)
        def show(pet_id):
            return {"id": pet_id, "name": "Rex", "chip": "X7", "vet": "Dr. Li"}

    return served(build).get("/pets/1").json


def all_keys():
    return reply(), {"id": 1, "name": "Rex", "chip": "X7", "vet": "Dr. Li"}


def known_keys():
    return reply(), {"id": 1, "name": "Rex", "chip": "X7"}


def shown_fields():
    return reply(), {"id": 1, "name": "Rex"}


def refused():
    return reply(), {"code": 500, "status": "Internal Server Error"}


def without_id():
    return reply(), {"name": "Rex"}


def loadable():
    return reply(), {"name": "Rex", "chip": "X7"}
