"""What the load test serves: the platform, and beside it one bare Flask route, in the same threads of one gunicorn."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from harness.web import create_app

BARE = "/bare"


def make() -> Flask:
    """The platform with ``/bare`` before it, which none of the platform's own code sees."""
    bare = Flask("bare")

    @bare.get("/")
    def ok() -> dict[str, str]:
        return {"status": "ok"}

    app = create_app()
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {BARE: bare})  # type: ignore[method-assign]
    return app
