"""The boat hire, with pydantic models that both the views and the document are made of."""

from .app import create_app

__all__ = ["create_app"]
