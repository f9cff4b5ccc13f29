"""The platform's pages: a thin Flask application over ``harness.services``, which grades nothing."""

from harness.web.factory import create_app

__all__ = ["create_app"]
