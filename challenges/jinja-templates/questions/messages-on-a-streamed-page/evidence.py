"""Which of the four pages show the message: pairs of truth values in the order of the requests."""

import secrets

from flask import Flask, flash, redirect, render_template, stream_template
from jinja2 import DictLoader

LAYOUT = """{% for message in get_flashed_messages() %}<p>{{ message }}</p>{% endfor %}
{% block body %}{% endblock %}"""
REPORT = """{% extends "layout.html" %}{% block body %}{% for row in rows %}{{ row }} {% endfor %}{% endblock %}"""
INDEX = """{% extends "layout.html" %}{% block body %}index{% endblock %}"""


def shown():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex(16)
    app.jinja_loader = DictLoader({"layout.html": LAYOUT, "report.html": REPORT, "index.html": INDEX})

    @app.post("/save")
    def save():
        flash("Saved.")
        return redirect("/report")

    @app.get("/report")
    def report():
        return stream_template("report.html", rows=range(3))

    @app.get("/")
    def index():
        return render_template("index.html")

    client = app.test_client()
    pages = [client.post("/save", follow_redirects=True).text]
    pages += [client.get(address).text for address in ("/report", "/", "/")]
    return ["Saved." in page for page in pages]


def first_report():
    return shown(), [True, False, False, False]


def index_only():
    return shown(), [False, False, True, False]


def each_page():
    return shown(), [True, True, True, True]


def reports_only():
    return shown(), [True, True, False, False]


def report_and_index():
    return shown(), [True, False, True, False]


def reports_and_index():
    return shown(), [True, True, True, False]
