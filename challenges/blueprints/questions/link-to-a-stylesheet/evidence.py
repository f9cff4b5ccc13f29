"""Whether the link serves the file on pages of the app, of the blueprint and of another: pairs (observed, claimed)."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, render_template_string
from werkzeug.routing import BuildError

CLAIMED = [True, True, True]  # every option claims to work on all three pages


def served(call):
    root = Path(tempfile.mkdtemp())
    (root / "static").mkdir()
    (root / "static" / "shop.css").write_text("shop")
    (root / "reports" / "assets").mkdir(parents=True)
    (root / "reports" / "assets" / "report.css").write_text("report")

    def page():
        return render_template_string("{{ " + call + " }}")

    app = Flask(__name__, root_path=str(root))
    app.testing = True
    reports = Blueprint(
        "reports", __name__, root_path=str(root / "reports"), url_prefix="/reports", static_folder="assets"
    )
    blog = Blueprint("blog", __name__, url_prefix="/blog")
    for part in (reports, blog):
        part.add_url_rule("/", "page", page)
        app.register_blueprint(part)
    app.add_url_rule("/", "page", page)
    client = app.test_client()

    def serves(path):
        try:
            return client.get(client.get(path).text).text == "report"
        except BuildError:
            return False

    return [serves(path) for path in ("/", "/reports/", "/blog/")]


def blueprint_endpoint():
    return served('url_for("reports.static", filename="report.css")'), CLAIMED


def app_endpoint():
    return served('url_for("static", filename="report.css")'), CLAIMED


def app_endpoint_with_path():
    return served('url_for("static", filename="reports/assets/report.css")'), CLAIMED


def folder_in_filename():
    return served('url_for("reports.static", filename="assets/report.css")'), CLAIMED


def folder_as_endpoint():
    return served('url_for("reports.assets", filename="report.css")'), CLAIMED


def relative_endpoint():
    return served('url_for(".static", filename="report.css")'), CLAIMED
