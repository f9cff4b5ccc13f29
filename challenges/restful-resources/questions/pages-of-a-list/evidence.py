"""The answer to a GET with a query string and without a body: pairs (observed, claimed)."""

from flask import Flask
from flask_restful import Api, Resource, reqparse

CLAIMED = (200, {"page": 3})


def answer(**argument):
    app = Flask(__name__)
    parser = reqparse.RequestParser()
    parser.add_argument("page", type=int, default=1, **argument)

    class BookList(Resource):
        def get(self):
            return {"page": parser.parse_args()["page"]}

    Api(app).add_resource(BookList, "/books")
    got = app.test_client().get("/books?page=3")
    return got.status_code, got.json


def ignore():
    return answer(ignore=True), CLAIMED


def args_location():
    return answer(location="args"), CLAIMED


def both():
    return answer(location=("args", "json")), CLAIMED


def form():
    return answer(location="form"), CLAIMED


def json_first():
    return answer(location=("json", "args")), CLAIMED


def as_default():
    return answer(location=("json", "values")), CLAIMED
