"""What the navigation shows with an option's line: pairs (shown, wanted)."""

import re

from flask import Flask, render_template
from jinja2 import DictLoader, TemplateError

TEMPLATES = {
    "header.html": """<nav>{% block trail %}{{ trail|default("Home") }}{% endblock %}</nav>""",
    "base.html": """{% include "header.html" %}
{% block body %}{% endblock %}
""",
}
WANTED = ["Books"]


def shown(line):
    app = Flask(__name__)
    books = """{% extends "base.html" %}\n""" + line
    app.jinja_loader = DictLoader({**TEMPLATES, "books.html": books})
    with app.test_request_context():
        try:
            return re.findall("<nav>(.*?)</nav>", render_template("books.html"))
        except TemplateError as error:
            return type(error)


def fill_the_block():
    return shown("{% block trail %}Books{% endblock %}"), WANTED


def set_at_top():
    return shown("""{% set trail = "Books" %}"""), WANTED


def set_in_body():
    return shown("""{% block body %}{% set trail = "Books" %}{% endblock %}"""), WANTED


def include_again():
    return shown("""{% with trail = "Books" %}{% include "header.html" %}{% endwith %}"""), WANTED


def self_call():
    return shown("""{{ self.trail("Books") }}"""), WANTED


def import_names():
    return shown("""{% from "header.html" import trail %}"""), WANTED
