"""A diary of plants: who has which, and which of them have had their water today."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from diary.members import add_members, members
from diary.models import db
from diary.plants import plants


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///diary.db",
        SECRET_KEY="only for development",
        MEMBERS={},
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.before_request(refuse_other_sites)
    app.register_blueprint(members)
    app.register_blueprint(plants)
    app.register_error_handler(HTTPException, show_error)
    app.jinja_env.globals["csrf_token"] = generate_csrf
    with app.app_context():
        db.create_all()
        add_members(app.config["MEMBERS"])
    return app


def refuse_other_sites() -> None:
    """Refuses what the page of another site sends."""
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if request.method == "POST" and source and urlsplit(source).netloc != request.host:
        abort(400)


def show_error(error: HTTPException) -> ResponseReturnValue:
    """Errors are JSON below ``/api/``, and pages everywhere else."""
    code = error.code or 500
    if request.path.startswith("/api/"):
        return {"error": error.name}, code
    return render_template("error.html", error=error), code
