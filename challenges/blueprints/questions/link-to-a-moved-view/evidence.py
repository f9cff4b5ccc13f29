"""What the link is on a page of the app and on the login page: pairs (observed, claimed)."""

from flask import Blueprint, Flask, render_template_string
from werkzeug.routing import BuildError

CLAIMED = ["/login", "/login"]  # every option claims that it works on both pages


def links(call):
    page = "{{ " + call + " }}"
    accounts_bp = bp = Blueprint("auth", __name__)

    @bp.route("/login")
    def login():
        return render_template_string(page)

    app = Flask(__name__)
    app.testing = True
    app.register_blueprint(accounts_bp)

    @app.get("/about")
    def about():
        return render_template_string(page)

    def link(path):
        try:
            return app.test_client().get(path).text
        except BuildError:
            return BuildError

    return [link(path) for path in ("/about", "/login")]


def auth():
    return links('url_for("auth.login")'), CLAIMED


def unchanged():
    return links('url_for("login")'), CLAIMED


def module():
    return links('url_for("accounts.login")'), CLAIMED


def alias():
    return links('url_for("accounts_bp.login")'), CLAIMED


def relative():
    return links('url_for(".login")'), CLAIMED


def variable():
    return links('url_for("bp.login")'), CLAIMED
