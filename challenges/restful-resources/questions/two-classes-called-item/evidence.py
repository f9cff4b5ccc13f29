"""What adding both classes does: pairs (observed, claimed)."""

from flask import Flask
from flask_restful import Api, Resource


def item(text):
    class Item(Resource):
        def get(self, number):
            return text

    return Item


def observed():
    """(what the two addresses return, the endpoints), or the exception's type and the call that raised it."""
    app = Flask(__name__)
    api = Api(app)
    api.add_resource(item("book"), "/books/<int:number>")
    try:
        api.add_resource(item("film"), "/films/<int:number>")
    except Exception as error:
        return type(error), "(item)" in str(error)
    client = app.test_client()
    answers = client.get("/books/1").json, client.get("/films/1").json
    return answers, {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}


def both_answer():
    return observed(), (("book", "film"), {"item"})


def last_wins():
    return observed(), (("film", "film"), {"item"})


def first_wins():
    return observed(), (("book", "book"), {"item"})


def numbered():
    return observed(), (("book", "film"), {"item", "item_2"})


def raises():
    return observed(), (ValueError, True)


def by_module():
    return observed(), (("book", "film"), {"books.item", "films.item"})
