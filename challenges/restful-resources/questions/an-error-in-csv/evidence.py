"""Status and kind of both answers: pairs (observed, claimed)."""

import logging

from flask import Flask, make_response, request
from flask_restful import Api, Resource, abort


def observed():
    app = Flask(__name__)
    app.logger.setLevel(logging.CRITICAL + 1)
    api = Api(app)

    @api.representation("text/csv")
    def as_csv(data, code, headers=None):
        text = "".join(f"{row['title']},{row['price']}\n" for row in data)
        return make_response(text, code)

    class Books(Resource):
        def get(self):
            if "shelf" not in request.args:
                abort(400, message="Which shelf?")
            return [{"title": "Emma", "price": 9}]

    api.add_resource(Books, "/books")
    client = app.test_client()
    first = client.get("/books", headers={"Accept": "text/csv"})
    second = client.get("/books?shelf=3", headers={"Accept": "application/xml"})
    kinds = {"text/html": "HTML", "text/csv": "CSV", "application/json": "JSON"}
    return tuple(
        (answer.status_code, kinds[answer.mimetype]) if answer.status_code != 406 else 406 for answer in (first, second)
    )


def csv_error():
    return observed(), ((400, "CSV"), 406)


def html_then_json():
    return observed(), ((400, "HTML"), (200, "JSON"))


def json_then_json():
    return observed(), ((400, "JSON"), (200, "JSON"))


def json_then_406():
    return observed(), ((400, "JSON"), 406)


def server_error():
    return observed(), ((500, "JSON"), (200, "JSON"))


def html_then_406():
    return observed(), ((400, "HTML"), 406)
