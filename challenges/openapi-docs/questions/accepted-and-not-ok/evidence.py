"""What the client gets and what is documented: (status, keys, documented statuses)."""

import logging

import marshmallow as ma
from flask import Flask
from flask_smorest import Api, Blueprint

logging.disable()


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


class CheckupSchema(ma.Schema):
    pet = ma.fields.Integer()


def both():
    def build(blp, app, api):
        @blp.post("/<int:pet_id>/checkups")
        @blp.response(200, CheckupSchema)
        def order_checkup(pet_id):
            return {"pet": pet_id, "vet": "Dr. Li"}, 202

    client = served(build)
    answer = client.post("/pets/1/checkups")
    responses = document(client)["paths"]["/pets/{pet_id}/checkups"]["post"]["responses"]
    return answer.status_code, set(answer.json), set(responses) - {"default"}


def documented_wins():
    return both(), (200, {"pet"}, {"200"})


def both_follow():
    return both(), (202, {"pet"}, {"202"})


def view_wins():
    return both(), (202, {"pet"}, {"200"})


def undumped():
    return both(), (202, {"pet", "vet"}, {"200"})


def error():
    return both()[0], 500


def both_documented():
    return both(), (202, {"pet"}, {"200", "202"})
