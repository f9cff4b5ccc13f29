"""Leaflets to take home, and drafts of some that aren't ready yet."""

import os
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_file

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
    folder = os.path.abspath(current_app.config["LEAFLET_FOLDER"])
    path = os.path.abspath(os.path.join(folder, name))
    if not path.startswith(folder) or not os.path.isfile(path):
        abort(404)
    # A header is one line, so a name with control characters is offered under another one.
    shown = "".join(char if char.isprintable() else "_" for char in name)
    return send_file(path, as_attachment=True, download_name=shown)
