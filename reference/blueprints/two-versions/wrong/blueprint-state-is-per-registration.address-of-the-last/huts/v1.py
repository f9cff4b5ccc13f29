"""Version 1, which is going to end."""

from typing import Any

from flask import Blueprint, Response, current_app, url_for
from werkzeug.exceptions import HTTPException

from .store import find_hut, open_huts

v1 = Blueprint("v1", __name__)


def as_json(hut: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": hut["id"],
        "name": hut["name"],
        "self": url_for(".hut", hut_id=hut["id"]),
        "index": url_for(".index"),
        "successor": url_for("api.v2.hut", hut_id=hut["id"]),
    }


@v1.get("/")
def index() -> dict[str, Any]:
    return {"version": 1, "huts": [as_json(hut) for hut in open_huts()]}


@v1.get("/huts/<int:hut_id>")
def hut(hut_id: int) -> dict[str, Any]:
    return as_json(find_hut(hut_id))


@v1.after_request
def announce_the_end(response: Response) -> Response:
    response.headers["Sunset"] = current_app.config["V1_SUNSET"]
    return response


@v1.errorhandler(401)
@v1.errorhandler(404)
@v1.errorhandler(410)
def error(exception: HTTPException) -> tuple[dict[str, str], int | None]:
    return {"error": exception.description or exception.name}, exception.code
