"""What the rows have after an option's change: pairs (rows, the titles in bold)."""

import re

from flask import Flask, render_template
from jinja2 import DictLoader, TemplateError

BASE = """{% for book in books %}
  <li>{% block row %}{{ book }}{% endblock %}</li>
{% endfor %}
"""
LIST = """{% extends "base.html" %}
{% block row %}<b>{{ book }}</b>{% endblock %}
"""
TITLES = ["Emma", "Dune"]
SHOWN = [f"<b>{title}</b>" for title in TITLES]


def rows(base=BASE, child=LIST):
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"base.html": base, "list.html": child})
    with app.test_request_context():
        try:
            page = render_template("list.html", books=TITLES)
        except TemplateError as error:
            return type(error)
    return re.findall("<li>(.*?)</li>", page)


def scoped_in_child():
    return rows(child=LIST.replace("block row", "block row scoped")), SHOWN


def super_call():
    return rows(child=LIST.replace("<b>", "{{ super() }}<b>")), SHOWN


def set_before():
    return rows(BASE.replace("<li>", "{% set title = book %}<li>"), LIST.replace("{{ book", "{{ title")), SHOWN


def import_style():
    return rows(child=LIST.replace('base.html"', 'base.html" with context')), SHOWN


def block_argument():
    return rows(*(text.replace("block row", "block row(book)") for text in (BASE, LIST))), SHOWN


def scoped_in_base():
    return rows(BASE.replace("block row", "block row scoped")), SHOWN
