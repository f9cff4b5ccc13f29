"""(What the document says of the field, a bad value is refused) after each line."""

import logging
import re

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


RIGHT = ({"type": "string", "format": "colour"}, 422)


def outcome(line):
    class Colour(ma.fields.Field):
        """A colour, such as #ff8800."""

        def _deserialize(self, value, attr, data, **kwargs):
            if not re.fullmatch("#[0-9a-f]{6}", str(value)):
                raise ma.ValidationError("Not a colour.")
            return value

    def build(blp, app, api):
        line(Colour, api)
        schema = ma.Schema.from_dict({"colour": Colour()}, name="CatSchema")

        @blp.post("/")
        @blp.arguments(schema)
        def add(data): ...

    mapping = dict(ma.Schema.TYPE_MAPPING)
    try:
        client = served(build)
        refused = client.post("/pets/", json={"colour": "red"}).status_code
        return document(client)["components"]["schemas"]["Cat"]["properties"]["colour"], refused
    except (TypeError, AttributeError) as error:
        return error.__class__
    finally:
        ma.Schema.TYPE_MAPPING.clear()
        ma.Schema.TYPE_MAPPING.update(mapping)


def register():
    return outcome(lambda field, api: api.register_field(field, "string", "colour")), RIGHT


def docstring():
    return outcome(lambda field, api: setattr(field, "__doc__", "string (colour)")), RIGHT


def class_metadata():
    metadata = {"type": "string", "format": "colour"}
    return outcome(lambda field, api: setattr(field, "metadata", metadata)), RIGHT


def converter():
    return outcome(lambda field, api: api.register_converter(field, "string", "colour")), RIGHT


def string_base():
    return outcome(lambda field, api: setattr(field, "__bases__", (ma.fields.String,))), RIGHT


def type_mapping():
    return outcome(lambda field, api: ma.Schema.TYPE_MAPPING.update({field: ma.fields.String})), RIGHT
