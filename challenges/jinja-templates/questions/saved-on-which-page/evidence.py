"""Which pages show the message: pairs of three truth values, in the order of the requests."""

import secrets

from flask import Flask, flash, render_template
from jinja2 import DictLoader

LAYOUT = """{% for message in get_flashed_messages() %}<p>{{ message }}</p>{% endfor %}
{% block body %}{% endblock %}"""
PAGE = """{% extends "layout.html" %}{% block body %}page{% endblock %}"""


def shown():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex(16)
    app.jinja_loader = DictLoader({"layout.html": LAYOUT, "done.html": PAGE, "list.html": PAGE})

    @app.post("/save")
    def save():
        flash("Saved.")
        return render_template("done.html")

    @app.get("/list")
    def listing():
        return render_template("list.html")

    client = app.test_client()
    pages = client.post("/save").text, client.get("/list").text, client.get("/list").text
    return ["Saved." in page for page in pages]


def first_list():
    return shown(), [False, True, False]


def save_and_first_list():
    return shown(), [True, True, False]


def both_lists():
    return shown(), [False, True, True]


def save_alone():
    return shown(), [True, False, False]


def all_three():
    return shown(), [True, True, True]


def none_of_them():
    return shown(), [False, False, False]
