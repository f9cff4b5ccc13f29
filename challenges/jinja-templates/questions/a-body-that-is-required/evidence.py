"""Which of the templates can be rendered: pairs of lists of names."""

from flask import Flask, render_template
from jinja2 import DictLoader, TemplateError

TEMPLATES = {
    "base.html": "<main>{% block body required %}{% endblock %}</main>",
    "admin.html": """{% extends "base.html" %}""",
    "users.html": """{% extends "admin.html" %}
{% block body %}{{ super() }}<p>Users</p>{% endblock %}
""",
}


def rendered():
    app = Flask(__name__)
    app.jinja_loader = DictLoader(TEMPLATES)
    done = []
    with app.test_request_context():
        for name in TEMPLATES:
            try:
                render_template(name)
            except TemplateError:
                continue
            done.append(name)
    return done


def all_of_them():
    return rendered(), ["base.html", "admin.html", "users.html"]


def users_alone():
    return rendered(), ["users.html"]


def base_and_users():
    return rendered(), ["base.html", "users.html"]


def admin_and_users():
    return rendered(), ["admin.html", "users.html"]


def super_raises():
    return rendered(), []


def next_child_only():
    return rendered(), []
