"""Whether each signature gets all three."""

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
    limit = ma.fields.Integer(load_default=10)


RIGHT = ({"limit": 5}, {"name": "Rex"}, 3)


def received(view):
    def build(blp, app, api):
        decorated = blp.arguments(PageSchema, location="query")(blp.arguments(Pet)(view))
        blp.post("/<int:owner>/pets", endpoint="add")(decorated)

    answer = served(build).post("/pets/3/pets?limit=5", json={"name": "Rex"})
    got = answer.json.get("got", answer.status_code)
    return tuple(got) if isinstance(got, list) else got


def by_place():
    def add(page, pet, owner):
        return {"got": [page, pet, owner]}

    return received(add), RIGHT


def bottom_up():
    def add(pet, page, owner):
        return {"got": [page, pet, owner]}

    return received(add), RIGHT


def path_first():
    def add(owner, page, pet):
        return {"got": [page, pet, owner]}

    return received(add), RIGHT


def by_name():
    def add(*, page, pet, owner):
        return {"got": [page, pet, owner]}

    return received(add), RIGHT


def fields():
    def add(owner, limit, name):
        return {"got": [{"limit": limit}, {"name": name}, owner]}

    return received(add), RIGHT


def merged():
    def add(data, owner):
        return {"got": [data, data, owner]}

    return received(add), RIGHT
