"""How often the cart is read in one request: pairs of numbers."""

from flask import Flask, render_template
from jinja2 import DictLoader

TEMPLATES = {
    "mail.txt": "Thank you.",
    "cart.html": "<p>{{ cart }}</p>",
    "base.html": """{% include "cart.html" %}{% include "cart.html" %}{% block body %}{% endblock %}
{% include "cart.html" %}""",
    "done.html": """{% extends "base.html" %}{% block body %}Done.{% endblock %}""",
}


def calls():
    app = Flask(__name__)
    app.jinja_loader = DictLoader(TEMPLATES)
    made = []

    def read_cart():
        made.append("call")
        return "tea"

    @app.context_processor
    def inject_cart():
        return {"cart": read_cart()}

    @app.post("/order")
    def order():
        render_template("mail.txt")
        return render_template("done.html")

    page = app.test_client().post("/order").text
    assert page.count("<p>tea</p>") == 3
    return len(made)


def each_file():
    return calls(), 6


def each_call():
    return calls(), 2


def each_request():
    return calls(), 1


def where_needed():
    return calls(), 1


def each_include():
    return calls(), 3


def include_and_mail():
    return calls(), 4
