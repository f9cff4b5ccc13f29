"""Makes the application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from harness.store.base import open_database
from harness.web import access, logs, security, settings
from harness.web.auth import auth, login_manager
from harness.web.home import home
from harness.web.ops import ops


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The platform. ``config`` overrides the environment. Raises UsageError for settings that do not fit."""
    app = Flask(__name__)
    app.config.from_mapping(settings.DEFAULTS)
    app.config.from_mapping(settings.read_environment())
    app.config.from_mapping(config or {})
    settings.check(app.config)
    if hops := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)  # type: ignore[method-assign]
    logs.init_app(app)
    open_database(app)
    security.init_app(app)
    login_manager.init_app(app)
    access.init_app(app)
    for blueprint in (ops, auth, home):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, problem)
    return app


def problem(error: HTTPException) -> tuple[str, int]:
    """A page for what went wrong, without details that are nobody's business."""
    return render_template("problem.html", title=error.name, text=error.description), error.code or 500
