"""The API. Only this route is there so far."""

from flask import Blueprint

bp = Blueprint("api", __name__, url_prefix="/api")


@bp.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
