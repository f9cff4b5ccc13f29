"""What the view of the package shows: pairs (observed, claimed)."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, render_template
from jinja2 import ChoiceLoader, PrefixLoader

CLAIMED = "package: Thank you"  # what every option claims
EXTENDS = """{% extends "billing/invoice.html" %}
{% block footer %}Thank you{% endblock %}
"""


def shown(file=EXTENDS, folder="app", name="billing/invoice.html", prepare=lambda app, billing: None):
    root = Path(tempfile.mkdtemp())

    def template(where, path, text):
        page = root / where / "templates" / path
        page.parent.mkdir(parents=True)
        page.write_text(text)

    template("billing", "billing/invoice.html", "package: {% block footer %}old{% endblock %}")
    template(folder, name, file)
    app = Flask(__name__, root_path=str(root / "app"))
    app.testing = True
    billing = Blueprint("billing", __name__, root_path=str(root / "billing"), template_folder="templates")
    billing.add_url_rule("/invoice", "invoice", lambda: render_template("billing/invoice.html"))
    theme = Blueprint("theme", __name__, root_path=str(root / "theme"), template_folder="templates")
    app.register_blueprint(theme)
    app.register_blueprint(billing)
    prepare(app, billing)
    try:
        return app.test_client().get("/invoice").text.strip()
    except Exception as error:
        return type(error).__name__


ORIGINAL = EXTENDS.replace("billing/invoice.html", "original/billing/invoice.html")


def second_name():
    def prepare(app, billing):
        app.jinja_loader = ChoiceLoader([app.jinja_loader, PrefixLoader({"original": billing.jinja_loader})])

    return shown(ORIGINAL, prepare=prepare), CLAIMED


def second_registration():
    def prepare(app, billing):
        app.register_blueprint(billing, name="original", url_prefix="/original")

    return shown(ORIGINAL, prepare=prepare), CLAIMED


def include():
    return shown(EXTENDS.replace("extends", "include")), CLAIMED


def other_blueprint():
    return shown(folder="theme"), CLAIMED


def registered_last():
    return shown(), CLAIMED  # `theme` is registered first, `billing` last


def new_path():
    return shown(name="billing/our_invoice.html"), CLAIMED
