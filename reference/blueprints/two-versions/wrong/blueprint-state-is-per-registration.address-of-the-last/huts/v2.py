"""Version 2. Its links name the address that it is registered with."""

from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.exceptions import HTTPException

from .store import find_hut, open_huts

v2 = Blueprint("v2", __name__)


def as_json(hut: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": hut["id"],
        "name": hut["name"],
        "beds": hut["beds"],
        "self": url_for(f"api.{v2.address}.hut", hut_id=hut["id"]),
        "index": url_for(f"api.{v2.address}.index"),
    }


@v2.before_request
def ask_for_the_client() -> None:
    if not request.headers.get("X-Client"):
        abort(400, "The header X-Client is missing.")


@v2.get("/")
def index() -> dict[str, Any]:
    return {"version": 2, "huts": [as_json(hut) for hut in open_huts()]}


@v2.get("/huts/<int:hut_id>")
def hut(hut_id: int) -> dict[str, Any]:
    return as_json(find_hut(hut_id))


@v2.errorhandler(400)
@v2.errorhandler(401)
@v2.errorhandler(404)
@v2.errorhandler(410)
def error(exception: HTTPException) -> tuple[dict[str, dict[str, Any]], int | None]:
    return {"error": {"status": exception.code, "message": exception.description or exception.name}}, exception.code
