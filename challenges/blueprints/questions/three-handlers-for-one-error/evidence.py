"""Which handlers answer: pairs (observed, claimed)."""

from flask import Blueprint, Flask


def answers():
    books = Blueprint("books", __name__, url_prefix="/books")
    books.register_error_handler(Exception, lambda error: "books")
    books.add_url_rule("/", "show", lambda: {}["missing"])

    api = Blueprint("api", __name__, url_prefix="/api")
    api.register_error_handler(LookupError, lambda error: "api")
    api.add_url_rule("/", "show", lambda: {}["missing"])
    api.register_blueprint(books)

    app = Flask(__name__)
    app.register_error_handler(KeyError, lambda error: "app")
    app.register_blueprint(api)
    return [app.test_client().get(path).text for path in ("/api/books/", "/api/")]


def nearest_place():
    return answers(), ["books", "api"]


def most_special_class():
    return answers(), ["app", "app"]


def broad_is_last_resort():
    return answers(), ["api", "api"]


def exact_before_parent():
    return answers(), ["books", "app"]


def exact_but_not_inner():
    return answers(), ["api", "app"]


def innermost_for_all():
    return answers(), ["books", "books"]
