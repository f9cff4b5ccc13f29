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


class PageSchema(ma.Schema):
    limit = ma.fields.Integer(load_default=10, validate=ma.validate.Range(1, 100))


def statuses():
    def build(blp, app, api):
        @blp.get("/")
        @blp.arguments(PageSchema, location="query")
        @blp.response(200, Pet(many=True))
        def pets(args):
            return [{"id": 1, "name": "Rex"}][: args["limit"]]

    client = served(build)
    return [client.get(f"/pets/{query}").status_code for query in ("", "?limit=1000", "?max=5")]


def unknown_refused():
    return statuses(), [200, 422, 422]


def range_refused():
    return statuses(), [200, 422, 200]


def all_taken():
    return statuses(), [200, 200, 200]


def bad_requests():
    return statuses(), [200, 400, 400]


def required():
    return statuses(), [422, 422, 422]


def clamped():
    return statuses(), [200, 200, 422]
