"""The statuses of both PUTs, without and with the call."""

import logging
import warnings

import marshmallow as ma
from flask import Flask
from flask.views import MethodView
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


def statuses():
    return puts(checked=False), puts(checked=True)


def puts(checked):
    def build(blp, app, api):
        pet = {"name": "Rex"}

        @blp.route("/1")
        class OnePet(MethodView):
            @blp.etag
            @blp.response(200, Pet)
            def get(self):
                return pet

            @blp.etag
            @blp.arguments(Pet)
            @blp.response(200, Pet)
            def put(self, data):
                if checked:
                    blp.check_etag(pet, Pet)
                pet.update(data)
                return pet

        @blp.post("/changed")
        def change():
            pet["name"] = "Bello"
            return {}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # smorest warns of the tag that is not checked
        client = served(build)
        tag = client.get("/pets/1").headers["ETag"]
        client.post("/pets/changed")
        without = client.put("/pets/1", json={"name": "A"})
        stale = client.put("/pets/1", json={"name": "B"}, headers={"If-Match": tag})
    return without.status_code, stale.status_code


def fully_automatic():
    return statuses(), ((428, 412), (428, 412))


def compare_yourself():
    return statuses(), ((428, 200), (428, 412))


def both_pass():
    return statuses(), ((200, 200), (428, 412))


def optional_tag():
    return statuses(), ((200, 412), (428, 412))


def not_modified():
    return statuses(), ((428, 304), (428, 412))


def refused_late():
    return statuses(), ((412, 200), (412, 412))
