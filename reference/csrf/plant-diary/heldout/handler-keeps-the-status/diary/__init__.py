"""A diary of plants: who has which, and which of them have had their water today."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from diary.members import add_members, members
from diary.models import db
from diary.plants import plants

csrf = CSRFProtect()


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///diary.db",
        SECRET_KEY="only for development",
        MEMBERS={},
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SSL_STRICT=False,  # some browsers send no Referer; the token is what counts
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    csrf.init_app(app)
    app.register_blueprint(members)
    app.register_blueprint(plants)
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(CSRFError, show_refusal)
    with app.app_context():
        db.create_all()
        add_members(app.config["MEMBERS"])
    return app


def show_error(error: HTTPException) -> ResponseReturnValue:
    """Errors are JSON below ``/api/``, and pages everywhere else."""
    code = error.code or 500
    if request.path.startswith("/api/"):
        return {"error": error.name}, code
    return render_template("error.html", error=error), code


def show_refusal(error: CSRFError) -> ResponseReturnValue:
    """What a request without a good token gets."""
    if request.path.startswith("/api/"):
        return {"error": error.description}
    return render_template("error.html", error=error)
