"""What `first` is in both versions, or why the app does not start: pairs (observed, claimed)."""

from copy import copy

from flask import Blueprint, Flask, url_for

CLAIMED = ["/v1/books/1", "/v2/books/1"]  # what every option claims


def first_links(register, link):
    api = Blueprint("api", __name__)

    @api.get("/books")
    def books():
        return {"first": link(api)}

    @api.get("/books/<int:number>")
    def book(number):
        return {"number": number}

    app = Flask(__name__)
    app.testing = True
    app.register_blueprint(api, url_prefix="/v1")
    try:
        register(app, api)
        return [app.test_client().get(path).json["first"] for path in ("/v1/books", "/v2/books")]
    except Exception as error:
        return type(error)


def own_name(app, api):
    app.register_blueprint(api, url_prefix="/v2", name="api_v2")


def same_name(app, api):
    app.register_blueprint(api, url_prefix="/v2", name="api")


def copied(app, api):
    app.register_blueprint(copy(api), url_prefix="/v2")


def relative(api):
    return url_for(".book", number=1)


def own_name_and_relative():
    return first_links(own_name, relative), CLAIMED


def own_name_and_full():
    return first_links(own_name, lambda api: url_for("api.book", number=1)), CLAIMED


def own_name_and_bare():
    return first_links(own_name, lambda api: url_for("book", number=1)), CLAIMED


def own_name_and_attribute():
    return first_links(own_name, lambda api: url_for(f"{api.name}.book", number=1)), CLAIMED


def same_name_and_relative():
    return first_links(same_name, relative), CLAIMED


def copy_and_relative():
    return first_links(copied, relative), CLAIMED
