"""The API under /api/v1: the same services as the pages, for programs. docs/api.md describes it.

A token comes in the Authorization header; cookies count for nothing here, so there is no CSRF either. Every failure is
a problem of RFC 9457.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_smorest import Api as _Api

from harness.web.api import assessments, invitations, me, reports, submissions, webhooks
from harness.web.api.problems import MIMETYPE, ProblemSchema
from harness.web.security import csrf

if TYPE_CHECKING:
    from flask import Flask

    from harness.services.api_tokens import Scope

PREFIX = "/api/v1"
SETTINGS = {
    "API_TITLE": "assay",
    "API_VERSION": "1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": PREFIX,
    "OPENAPI_JSON_PATH": "openapi.json",
}
RESOURCES = (me.pages, assessments.pages, invitations.pages, reports.pages, submissions.pages, webhooks.pages)


class Api(_Api):
    """Flask-smorest's, but that errors are the app's own."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MIMETYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_error_handlers(self) -> None:
        """The factory's handlers make problems for addresses of ours."""


def init_app(app: Flask, scopes: Mapping[str, Scope | None]) -> None:
    """``scopes`` are what each endpoint asks of a token."""
    app.config.from_mapping(SETTINGS)
    api = Api(app)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for resource in RESOURCES:
        csrf.exempt(resource)
        resource.describe_scopes(scopes)
        api.register_blueprint(resource, url_prefix=PREFIX)
