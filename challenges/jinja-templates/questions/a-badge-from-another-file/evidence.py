"""What the request is answered with: pairs of texts, or of the exception's type."""

from flask import Flask, render_template
from jinja2 import DictLoader, UndefinedError

TEMPLATES = {
    "macros.html": "{% macro badge() %}[{{ title }}][{{ shop }}][{{ request.method }}]{% endmacro %}",
    "page.html": """{% from "macros.html" import badge %}{{ badge() }}""",
}


def answered():
    app = Flask(__name__)
    app.testing = True
    app.jinja_loader = DictLoader(TEMPLATES)

    @app.context_processor
    def inject_shop():
        return {"shop": "Corner"}

    @app.get("/books")
    def books():
        return render_template("page.html", title="Books")

    try:
        return app.test_client().get("/books").text
    except UndefinedError as error:
        return type(error)


def globals_only():
    return answered(), "[][][GET]"


def all_known():
    return answered(), "[Books][Corner][GET]"


def processor_reaches():
    return answered(), "[][Corner][GET]"


def view_reaches():
    return answered(), "[Books][][GET]"


def nothing_known():
    return answered(), "[][][]"


def title_raises():
    return answered(), UndefinedError
