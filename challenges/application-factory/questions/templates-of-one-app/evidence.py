"""Which templates the stem's test records: pairs (observed, claimed)."""

from flask import Flask, render_template, template_rendered
from jinja2 import DictLoader

TEMPLATES = {
    "base.html": "<main>{% block main %}{% endblock %}</main>",
    "index.html": '{% extends "base.html" %}{% block main %}books{% endblock %}',
}


def create_app():
    app = Flask("library")
    app.jinja_loader = DictLoader(TEMPLATES)
    app.add_url_rule("/", view_func=lambda: render_template("index.html"), endpoint="index")
    return app


def recorded():
    first, second = create_app(), create_app()
    names = []

    def record(sender, template, **extra):
        names.append(template.name)

    with template_rendered.connected_to(record, first):
        answers = [first.test_client().get("/"), second.test_client().get("/")]
    answers.append(first.test_client().get("/"))
    assert [answer.text for answer in answers] == ["<main>books</main>"] * 3
    return names


def one():
    return recorded(), ["index.html"]


def both_apps():
    return recorded(), ["index.html", "index.html"]


def all_requests():
    return recorded(), ["index.html", "index.html", "index.html"]


def parent_too():
    return recorded(), ["base.html", "index.html"]


def parent_too_for_both():
    return recorded(), ["base.html", "index.html", "base.html", "index.html"]


def none_recorded():
    return recorded(), []
