"""For those who run the platform: is it alive, is it ready, what does it count."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from harness.store.base import db
from harness.web.metrics import registry
from harness.web.security import limiter

ops = Blueprint("ops", __name__)
limiter.exempt(ops)


@ops.get("/healthz")
def healthz() -> dict[str, str]:
    """Alive: this process answers, whatever the rest does."""
    return {"status": "ok"}


@ops.get("/readyz")
def readyz() -> tuple[dict[str, str], int]:
    """Ready: the database answers and has our tables."""
    try:
        db.session.execute(text("SELECT 1 FROM frozen_item LIMIT 1"))
    except SQLAlchemyError:
        return {"status": "no database"}, 503
    return {"status": "ok"}, 200


@ops.get("/metrics")
def metrics() -> Response:
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
