"""How trails, reports and the visitor's choice of units come in. This part is done."""

from flask import Blueprint, abort, redirect, request, session
from werkzeug.wrappers import Response

from .store import get_store

api = Blueprint("api", __name__)


@api.post("/api/trails")
def add_trail() -> tuple[dict[str, int], int]:
    data = request.get_json()
    trail = get_store().add_trail(data["name"], data["region"], data["km"], data.get("closed", False))
    return {"id": trail.id}, 201


@api.post("/api/trails/<int:trail_id>/reports")
def add_report(trail_id: int) -> tuple[dict[str, int], int]:
    trail = get_store().trail(trail_id) or abort(404)
    data = request.get_json()
    report = get_store().add_report(trail, data.get("author"), data["text"], data.get("link"))
    return {"id": report.id}, 201


@api.post("/units")
def choose_units() -> Response:
    """Keeps the visitor's units, "km" or "mi", in the session. Who has not chosen sees kilometres."""
    session["units"] = "mi" if request.form.get("units") == "mi" else "km"
    return redirect("/", 303)
