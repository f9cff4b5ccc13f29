"""(The pets on the second page, the total in the header) for each body."""

import json
import logging

import marshmallow as ma
from flask import Flask, request
from flask_smorest import Api, Blueprint, Page

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


PETS = [{"id": number, "name": "Rex"} for number in range(1, 26)]
RIGHT = (list(range(11, 21)), 25)


def second_page(body):
    def build(blp, app, api):
        @blp.get("/")
        @blp.response(200, Pet(many=True))
        @blp.paginate(Page)
        def pets(**options):
            return body(options)

    answer = served(build).get("/pets/?page=2&page_size=10")
    if answer.status_code != 200:
        return answer.status_code
    total = json.loads(answer.headers.get("X-Pagination", "{}"))
    return [pet["id"] for pet in answer.json], total.get("total") if isinstance(total, dict) else total


def whole_list():
    return second_page(lambda options: PETS), RIGHT


def cut_by_arguments():
    return second_page(lambda options: PETS[10:20]), RIGHT


def parameters():
    def body(options):
        return options["pagination_parameters"].cut(PETS)

    return second_page(body), RIGHT


def page_object():
    return second_page(lambda options: Page(PETS, {"page": 2, "page_size": 10})), RIGHT


def envelope():
    return second_page(lambda options: {"items": PETS, "total": 25}), RIGHT


def from_query():
    return second_page(lambda options: PETS[int(request.args["page"]) * 10 - 10 :]), RIGHT
