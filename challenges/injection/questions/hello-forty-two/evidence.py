"""Which of the four texts were computed: pairs of such sets."""

from flask import Flask, render_template_string, request
from markupsafe import escape


def computed():
    app = Flask(__name__)

    @app.get("/hello")
    def hello():
        name = request.args["name"]
        one = render_template_string(f"Hello {name}")
        two = render_template_string("Hello {{ name }}", name=name)
        three = render_template_string("Hello " + escape(name))
        four = render_template_string("Hello {{ name|safe }}", name=name)
        return [one, two, three, four]

    texts = app.test_client().get("/hello", query_string={"name": "{{ 6 * 7 }}"}).json
    return {number for number, text in enumerate(texts, 1) if text == "Hello 42"}


def one():
    return computed(), {1}


def one_four():
    return computed(), {1, 4}


def one_three():
    return computed(), {1, 3}


def one_two():
    return computed(), {1, 2}


def three_missing():
    return computed(), {1, 2, 4}


def two_missing():
    return computed(), {1, 3, 4}
