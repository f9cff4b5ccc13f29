"""What the index page of the stem answers."""

from flask import Flask, url_for
from werkzeug.routing import BuildError


def answer():
    app = Flask(__name__)
    app.testing = True

    @app.get("/search/<category>")
    def search(category):
        return category

    @app.get("/")
    def index():
        return url_for("search", category="tea", q="milk & honey", page=2, sort=None)

    try:
        return app.test_client().get("/").text
    except BuildError as error:
        return type(error)


def none_as_text():
    return answer(), "/search/tea?q=milk+%26+honey&page=2&sort=None"


def none_as_empty():
    return answer(), "/search/tea?q=milk+%26+honey&page=2&sort="


def unquoted():
    return answer(), "/search/tea?q=milk & honey&page=2"


def as_path():
    return answer(), "/search/tea/milk%20%26%20honey/2"


def query():
    return answer(), "/search/tea?q=milk+%26+honey&page=2"


def build_error():
    return answer(), BuildError
