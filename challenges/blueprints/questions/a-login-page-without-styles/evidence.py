"""How a visitor is answered for the page, its styles and the profile: pairs (observed, claimed)."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, redirect, request, session, url_for

CLAIMED = [200, 200, 302]  # what every option claims


def statuses(condition):
    root = Path(tempfile.mkdtemp())
    (root / "static").mkdir()
    (root / "static" / "login.css").write_text("body {}")
    auth = Blueprint("auth", __name__, root_path=str(root), url_prefix="/auth", static_folder="static")

    @auth.before_request
    def require_login():
        if "user" not in session and condition():
            return redirect(url_for("auth.login"))

    @auth.get("/login")
    def login():
        return url_for("auth.static", filename="login.css")

    @auth.get("/profile")
    def profile():
        return "profile"

    app = Flask(__name__)
    app.secret_key = "for this test"
    app.register_blueprint(auth)
    client = app.test_client()
    with app.test_request_context():
        styles = url_for("auth.static", filename="login.css")
    return [client.get(path).status_code for path in ("/auth/login", styles, "/auth/profile")]


def both_endpoints():
    return statuses(lambda: request.endpoint not in ("auth.login", "auth.static")), CLAIMED


def app_static():
    return statuses(lambda: request.endpoint not in ("auth.login", "static")), CLAIMED


def bare_endpoints():
    return statuses(lambda: request.endpoint not in ("login", "static")), CLAIMED


def static_path():
    return statuses(lambda: request.path not in ("/auth/login", "/static/login.css")), CLAIMED


def own_blueprint():
    return statuses(lambda: request.blueprint == "auth" and request.endpoint != "auth.login"), CLAIMED


def static_prefix():
    def condition():
        return request.endpoint != "auth.login" and not request.path.startswith("/static")

    return statuses(condition), CLAIMED
