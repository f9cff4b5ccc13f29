"""What the four addresses answer, as observed and as each option claims it."""

from flask import Flask


def answers():
    app = Flask(__name__)

    @app.get("/pages/<path:rest>")
    def any_depth(rest):
        return "A"

    @app.get("/pages/<title>")
    def by_title(title):
        return "B"

    @app.get("/pages/<int:number>")
    def by_number(number):
        return "C"

    @app.get("/pages/new")
    def new_page():
        return "D"

    client = app.test_client()
    return "".join(client.get(path).text for path in ("/pages/new", "/pages/12", "/pages/old", "/pages/a/b"))


def first_registered():
    return answers(), "AAAA"


def number_as_title():
    return answers(), "DBBA"


def fixed_first_only():
    return answers(), "DAAA"


def string_over_fixed():
    return answers(), "BCBA"


def by_specificity():
    return answers(), "DCBA"


def path_over_string():
    return answers(), "DCAA"
