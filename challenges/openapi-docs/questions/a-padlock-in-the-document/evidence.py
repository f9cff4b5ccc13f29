"""(The answer without a token, the document's requirement, a 401 in it)."""

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
        api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})

        @blp.get("/report")
        @blp.doc(security=[{"bearer": []}])
        @blp.response(200, Pet)
        def report():
            return {"id": 1, "name": "Rex"}

    client = served(build)
    operation = document(client)["paths"]["/pets/report"]["get"]
    assert operation["security"] == [{"bearer": []}]
    return client.get("/pets/report").status_code


def checked_present():
    return outcome(), 401


def checked_scheme():
    return outcome(), 401


def open_and_hidden():
    return outcome(), 200


def server_error():
    return outcome(), 500


def not_found():
    return outcome(), 404
