"""Where the view answers: pairs (observed, claimed), as sets of addresses."""

from itertools import permutations

from flask import Blueprint, Flask


def answering():
    books = Blueprint("books", __name__, url_prefix="/v1")

    @books.get("/new")
    def new():
        return "a form"

    app = Flask(__name__)
    app.register_blueprint(books, url_prefix="/catalogue")
    client = app.test_client()
    prefixes = ("/v1", "/catalogue")
    paths = {"".join(some) + "/new" for count in range(3) for some in permutations(prefixes, count)}
    return {path for path in paths if client.get(path).text == "a form"}


def replaced():
    return answering(), {"/catalogue/new"}


def outer_first():
    return answering(), {"/catalogue/v1/new"}


def inner_first():
    return answering(), {"/v1/catalogue/new"}


def own_wins():
    return answering(), {"/v1/new"}


def both():
    return answering(), {"/catalogue/new", "/v1/new"}


def joined_and_own():
    return answering(), {"/catalogue/v1/new", "/v1/new"}
