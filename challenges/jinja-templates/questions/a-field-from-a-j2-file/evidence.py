"""What the page has after an option's change: pairs (tags and values for each query, one field with it)."""

from html.parser import HTMLParser

from flask import Flask, render_template
from jinja2 import DictLoader

FORMS = """{% macro field(value) %}<input name="q" value="{{ value }}">{% endmacro %}"""
IMPORT = """{% from "forms.j2" import field %}"""
QUERIES = ("tea", '"><script>', "tom & jerry", "&lt;", "<b>")
WANTED = [[("input", query)] for query in QUERIES]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs).get("value")))


def seen(page, **files):
    app = Flask(__name__)
    files = {name.replace("_", "."): text for name, text in files.items()}
    app.jinja_loader = DictLoader({"forms.j2": FORMS, "page.html": page, **files})
    found = []
    with app.test_request_context():
        for query in QUERIES:
            reader = Reader()
            reader.feed(render_template("page.html", query=query))
            reader.close()
            found.append(reader.tags)
    return found


def rename():
    page = IMPORT.replace("forms.j2", "forms.html") + "{{ field(query) }}"
    return seen(page, forms_html=FORMS), WANTED


def with_context():
    return seen(IMPORT.replace("field", "field with context") + "{{ field(query) }}"), WANTED


def block_in_page():
    return seen(IMPORT + "{% autoescape true %}{{ field(query) }}{% endautoescape %}"), WANTED


def escape_result():
    return seen(IMPORT + "{{ field(query)|e }}"), WANTED


def force_result():
    return seen(IMPORT + "{{ field(query)|forceescape }}"), WANTED


def import_in_layout():
    base = IMPORT + "{% block body %}{% endblock %}"
    page = """{% extends "base.html" %}{% block body %}{{ field(query) }}{% endblock %}"""
    return seen(page, base_html=base), WANTED
