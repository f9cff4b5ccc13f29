"""(What is sent, what the document says of it)."""

import logging
from decimal import Decimal

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


class ItemSchema(ma.Schema):
    price = ma.fields.Decimal(as_string=True, places=2)


def price():
    def build(blp, app, api):
        @blp.get("/")
        @blp.response(200, ItemSchema)
        def show():
            return {"price": Decimal("7.5")}

    client = served(build)
    return client.get("/pets/").json["price"], document(client)["components"]["schemas"]["Item"]["properties"]["price"]


def both_string():
    return price(), ("7.50", {"type": "string"})


def both_number():
    return price(), (7.5, {"type": "number"})


def string_number():
    return price(), ("7.50", {"type": "number"})


def number_string():
    return price(), (7.5, {"type": "string"})


def decimal_format():
    return price(), ("7.50", {"type": "string", "format": "decimal"})


def any_type():
    return price(), ("7.50", {})
