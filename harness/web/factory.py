"""Makes the application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from harness.services.errors import Refused, Why
from harness.store.base import open_database
from harness.web import access, api, display, logs, security, settings
from harness.web.api import problems
from harness.web.assessments import assessments
from harness.web.attempting import attempting
from harness.web.auth import auth, login_manager
from harness.web.gradebook import gradebook
from harness.web.grading_pages import grading
from harness.web.home import home
from harness.web.invited import invited
from harness.web.kept import kept
from harness.web.ops import ops
from harness.web.own import own
from harness.web.people import people
from harness.web.practice import practice
from harness.web.staff import appeals, regrades, reports_of
from harness.web.uploads import uploads


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
    display.init_app(app)
    for blueprint in (
        ops,
        auth,
        home,
        invited,
        attempting,
        assessments,
        people,
        kept,
        own,
        reports_of,
        appeals,
        regrades,
        grading,
        gradebook,
        uploads,
        practice,
    ):
        app.register_blueprint(blueprint)
    api.init_app(app, access.SCOPES)
    app.register_error_handler(HTTPException, problem)
    app.register_error_handler(Refused, refused)
    return app


STATUS = {
    Why.UNKNOWN: 404,
    Why.NOT_NOW: 409,
    Why.FORBIDDEN: 403,
    Why.INVALID: 422,
    Why.CONFLICT: 409,
    Why.TOO_MANY: 429,
}


def refused(refusal: Refused) -> tuple[str, int] | Response:
    """A page for a deed that was not done, where no view said it better."""
    if problems.wanted():
        return problems.of_refusal(STATUS[refusal.why], refusal)
    return render_template("problem.html", title="That was not done", text=str(refusal)), STATUS[refusal.why]


SAID_BETTER = {
    413: "What you sent is too large, so nothing of it was taken. Go back, leave out what is not your own "
    "work (such as .venv), and send it again.",
}


def problem(error: HTTPException) -> tuple[str, int] | Response:
    """A page for what went wrong, without details that are nobody's business."""
    if problems.wanted():
        return problems.of_error(error)
    text = SAID_BETTER.get(error.code or 500, error.description)
    return render_template("problem.html", title=error.name, text=text), error.code or 500
