"""What all routes share: the shape of errors, the token, and how both are documented."""

import hmac
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask, current_app, request

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
        """Demand the token, in the app and in the document. Stands above ``arguments``, so that it comes first."""

        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not has_token():
                flask_smorest.abort(401, headers={"WWW-Authenticate": "Bearer"})
            return view(*args, **kwargs)

        return self.doc(security=[{SCHEME: []}])(self.errors(401)(guarded))


def has_token() -> bool:
    """Whether the request has the token that this app was configured with."""
    sent, expected = request.authorization, current_app.config.get("API_TOKEN")
    if not expected or sent is None or sent.type != "bearer" or sent.token is None:
        return False
    return hmac.compare_digest(sent.token.encode(), expected.encode())
