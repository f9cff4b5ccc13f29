"""The pets whose chip is in the reply."""

import json
import logging

import marshmallow as ma
from flask import Flask, Response, jsonify
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


def revealed():
    def build(blp, app, api):
        @blp.get("/<int:pet_id>")
        @blp.response(200, Pet)
        def show(pet_id):
            pet = {"id": pet_id, "name": "Rex", "chip": "X7"}
            if pet_id == 1:
                return pet
            if pet_id == 2:
                return jsonify(pet)
            return Response(json.dumps(pet), mimetype="application/json")

    client = served(build)
    return [number for number in (1, 2, 3) if "chip" in client.get(f"/pets/{number}").json]


def none():
    return revealed(), []


def made_responses():
    return revealed(), [2, 3]


def raw_only():
    return revealed(), [3]


def all():
    return revealed(), [1, 2, 3]


def jsonify_only():
    return revealed(), [2]


def error_for_responses():
    return revealed(), [1]
