"""The bodies of both answers: pairs (observed, claimed)."""

import flask_restful
from flask import Flask
from flask_restful import Api, Resource
from werkzeug.exceptions import NotFound

DEFAULT = NotFound.description


def observed():
    app = Flask(__name__)
    api = Api(app)

    @app.errorhandler(404)
    def not_found(error):
        return {"error": error.description}, 404

    def find(number):
        flask_restful.abort(404, message="No such book")

    class Book(Resource):
        def get(self, number):
            return find(number)

    api.add_resource(Book, "/api/books/<int:number>")

    @app.get("/books/<int:number>")
    def show(number):
        return find(number)

    client = app.test_client()
    return client.get("/api/books/7").json, client.get("/books/7").json


MESSAGE, ERROR = {"message": "No such book"}, {"error": "No such book"}


def description_too():
    return observed(), (MESSAGE, ERROR)


def handler_for_both():
    return observed(), (ERROR, ERROR)


def default_for_both():
    return observed(), ({"error": DEFAULT}, {"error": DEFAULT})


def data_for_one():
    return observed(), (MESSAGE, {"error": DEFAULT})


def data_for_both():
    return observed(), (MESSAGE, MESSAGE)


def default_messages():
    return observed(), ({"message": DEFAULT}, {"message": DEFAULT})
