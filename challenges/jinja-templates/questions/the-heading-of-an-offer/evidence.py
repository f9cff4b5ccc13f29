"""What the page has below its title: pairs of the parts in their order, or of the exception's type."""

import re

from flask import Flask, render_template
from jinja2 import DictLoader, TemplateError, TemplateSyntaxError

TEMPLATES = {
    "base.html": """<title>{% block title %}Shop{% endblock %}</title>
{% block body %}<p>Welcome.</p>{% endblock %}
""",
    "offer.html": """{% extends "base.html" %}
<h1>Offer</h1>
{% block title %}Spring{% endblock %}
{% block body %}<p>Ten percent off.</p>{% endblock %}
""",
}


def rendered():
    app = Flask(__name__)
    app.jinja_loader = DictLoader(TEMPLATES)
    with app.test_request_context():
        try:
            page = render_template("offer.html")
        except TemplateError as error:
            return type(error)
    return re.findall("Spring|Offer|Welcome|Ten percent", page)


def heading_first():
    return rendered(), ["Spring", "Offer", "Ten percent"]


def heading_last():
    return rendered(), ["Spring", "Ten percent", "Offer"]


def paragraph_only():
    return rendered(), ["Spring", "Ten percent"]


def welcome_first():
    return rendered(), ["Spring", "Welcome", "Ten percent"]


def heading_and_welcome():
    return rendered(), ["Spring", "Offer", "Welcome", "Ten percent"]


def syntax_error():
    return rendered(), TemplateSyntaxError
