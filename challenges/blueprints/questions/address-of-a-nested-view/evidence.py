"""The endpoint and the address of the nested view: pairs (observed, claimed)."""

from flask import Blueprint, Flask


def placed():
    chapters = Blueprint("chapters", __name__, url_prefix="/chapters")

    @chapters.get("/<int:number>")
    def show(number):
        return f"chapter {number}"

    books = Blueprint("books", __name__, url_prefix="/books")
    books.register_blueprint(chapters, url_prefix="/parts")
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(books, url_prefix="/library")
    (rule,) = app.url_map.iter_rules()
    return rule.endpoint, rule.rule.replace("<int:number>", "7")


def replaced_then_joined():
    return placed(), ("books.chapters.show", "/library/parts/7")


def everything_joined():
    return placed(), ("books.chapters.show", "/library/books/parts/chapters/7")


def own_prefixes():
    return placed(), ("books.chapters.show", "/books/chapters/7")


def own_name():
    return placed(), ("chapters.show", "/library/parts/7")


def prefix_as_name():
    return placed(), ("library.parts.show", "/library/parts/7")


def inner_only():
    return placed(), ("chapters.show", "/parts/7")
