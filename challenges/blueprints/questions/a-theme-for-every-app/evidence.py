"""What an app without and one with an invoice of its own show: pairs (observed, claimed)."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, render_template

CLAIMED = ["theme", "app"]  # what every option claims


def shown(path, register):
    root = Path(tempfile.mkdtemp())

    def folder(name, file):
        page = root / name / "templates" / file
        page.parent.mkdir(parents=True)
        page.write_text(name)
        return str(root / name)

    billing_root, theme_root = folder("billing", "billing/invoice.html"), folder("theme", path)
    with_file, without = folder("app", "billing/invoice.html"), root / "empty"
    without.mkdir()

    def page(app_root):
        app = Flask(__name__, root_path=str(app_root))
        billing = Blueprint("billing", __name__, root_path=billing_root, template_folder="templates")
        billing.add_url_rule("/invoice", "invoice", lambda: render_template("billing/invoice.html"))
        theme = Blueprint("theme", __name__, root_path=theme_root, template_folder="templates")
        register(app, billing, theme)
        return app.test_client().get("/invoice").text

    return [page(without), page(with_file)]


def theme_first(app, billing, theme):
    app.register_blueprint(theme)
    app.register_blueprint(billing)


def theme_last(app, billing, theme):
    app.register_blueprint(billing)
    app.register_blueprint(theme)


def theme_nested(app, billing, theme):
    billing.register_blueprint(theme)
    app.register_blueprint(billing)


def renamed_first(app, billing, theme):
    app.register_blueprint(theme, name="billing_theme")
    app.register_blueprint(billing)


def with_loader(app, billing, theme):
    theme_last(app, billing, theme)
    app.jinja_loader = theme.jinja_loader


def same_path_first():
    return shown("billing/invoice.html", theme_first), CLAIMED


def same_path_last():
    return shown("billing/invoice.html", theme_last), CLAIMED


def same_path_nested():
    return shown("billing/invoice.html", theme_nested), CLAIMED


def own_path_first():
    return shown("theme/invoice.html", theme_first), CLAIMED


def bare_path_first():
    return shown("invoice.html", renamed_first), CLAIMED


def own_loader():
    return shown("billing/invoice.html", with_loader), CLAIMED
