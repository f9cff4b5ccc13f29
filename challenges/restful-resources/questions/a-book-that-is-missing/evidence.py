"""The answer for a book that does not exist: pairs (observed, claimed)."""

from flask import Flask
from flask_restful import Api, Resource, fields, marshal_with

BOOKS = {7: {"isbn": "0141439580", "title": "Emma", "price": 9}}
NULLS = {"isbn": None, "title": None}


def observed():
    app = Flask(__name__)
    book_fields = {"isbn": fields.String, "title": fields.String}

    class Book(Resource):
        @marshal_with(book_fields)
        def get(self, number):
            if number not in BOOKS:
                return {"message": "No such book"}, 404
            return BOOKS[number]

    Api(app).add_resource(Book, "/books/<int:number>")
    got = app.test_client().get("/books/8")
    return got.status_code, got.json


def untouched():
    return observed(), (404, {"message": "No such book"})


def as_200():
    return observed(), (200, NULLS)


def all_keys():
    return observed(), (404, NULLS | {"message": "No such book"})


def empty():
    return observed(), (404, {})


def nulls():
    return observed(), (404, NULLS)


def server_error():
    return observed(), (500, {"message": "Internal Server Error"})
