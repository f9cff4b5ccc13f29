"""Leaflets to take home, and drafts of some that aren't ready yet."""

import os
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_file

leaflets = Blueprint("leaflets", __name__)


def is_name(name: str) -> bool:
    """Whether this names a file in a folder, and nothing outside of it."""
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name


@leaflets.post("/leaflets")
def add() -> tuple[str, int]:
    """Stores a leaflet or a draft. This is right as it is."""
    name, text = request.json["name"], request.json["text"]
    if not is_name(name):
        abort(400)
    folder = current_app.config["DRAFT_FOLDER" if request.json.get("draft") else "LEAFLET_FOLDER"]
    (Path(folder) / name).write_text(text, encoding="utf-8")
    return "", 201


@leaflets.get("/leaflets")
def download() -> Response:
    """Sends a leaflet."""
    name = request.args.get("name", "")
    if not is_name(name):
        abort(404)
    path = os.path.abspath(os.path.join(current_app.config["LEAFLET_FOLDER"], name))
    if not os.path.isfile(path):
        abort(404)
    # A header is one line, so a name with control characters is offered under another one.
    shown = "".join(char if char.isprintable() else "_" for char in name)
    return send_file(path, as_attachment=True, download_name=shown)
