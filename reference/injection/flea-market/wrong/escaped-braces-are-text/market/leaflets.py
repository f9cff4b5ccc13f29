"""Leaflets to take home, and drafts of some that aren't ready yet."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_from_directory

leaflets = Blueprint("leaflets", __name__)


@leaflets.post("/leaflets")
def add() -> tuple[str, int]:
    """Stores a leaflet or a draft. This is right as it is."""
    name, text = request.json["name"], request.json["text"]
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        abort(400)
    folder = current_app.config["DRAFT_FOLDER" if request.json.get("draft") else "LEAFLET_FOLDER"]
    (Path(folder) / name).write_text(text, encoding="utf-8")
    return "", 201


@leaflets.get("/leaflets")
def download() -> Response:
    """Sends a leaflet."""
    name = request.args.get("name", "")
    return send_from_directory(current_app.config["LEAFLET_FOLDER"], name, as_attachment=True)
