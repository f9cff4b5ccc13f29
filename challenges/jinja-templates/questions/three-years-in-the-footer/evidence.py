"""What the second request is answered with: pairs of texts."""

from datetime import UTC, date, datetime

import time_machine
from flask import Flask, render_template
from jinja2 import DictLoader


def make_app():
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": "{{ year }} {{ this_year() }} {{ year_now }}"})
    app.jinja_env.globals["year"] = date.today().year

    @app.template_global()
    def this_year():
        return date.today().year

    @app.context_processor
    def inject_year():
        return {"year_now": date.today().year}

    @app.get("/")
    def page():
        return render_template("page.html")

    return app


def answered():
    with time_machine.travel(datetime(2026, 12, 15, 12, tzinfo=UTC), tick=False):
        client = make_app().test_client()
        client.get("/")
    with time_machine.travel(datetime(2027, 1, 15, 12, tzinfo=UTC), tick=False):
        return client.get("/").text


def all_new():
    return answered(), "2027 2027 2027"


def all_old():
    return answered(), "2026 2026 2026"


def function_only():
    return answered(), "2026 2027 2026"


def processor_only():
    return answered(), "2026 2026 2027"


def function_kept():
    return answered(), "2027 2026 2027"


def value_kept():
    return answered(), "2026 2027 2027"
