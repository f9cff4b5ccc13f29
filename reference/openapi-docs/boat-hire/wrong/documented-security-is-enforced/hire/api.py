"""What all routes share: the shape of errors, the token, and how both are documented."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask

from .schemas import ErrorSchema

View = Callable[..., Any]

SCHEME = "bearerToken"


class Api(flask_smorest.Api):
    """smorest's Api with an error schema that says what is always there, and no catch-all response."""

    ERROR_SCHEMA = ErrorSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def init_app(self, app: Flask, **options: Any) -> None:
        super().init_app(app, **options)
        self.spec.components.security_scheme(SCHEME, {"type": "http", "scheme": "bearer"})


class Blueprint(flask_smorest.Blueprint):
    """A blueprint whose decorators for errors and tokens are written into the document."""

    def errors(self, *statuses: int) -> Callable[[View], View]:
        """Document error responses, each under its number. (422 comes with ``arguments``.)"""

        def decorate(view: View) -> View:
            for status in statuses:
                view = self.alt_response(status, HTTPStatus(status).name)(view)
            return view

        return decorate

    def token_required(self, view: View) -> View:
        """An operation that needs the token."""
        return self.doc(security=[{SCHEME: []}])(self.errors(401)(view))
