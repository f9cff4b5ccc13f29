"""The routes."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for
from sqlalchemy.exc import IntegrityError

from .models import Bike, db
from .paging import Cursor, read_page
from .search import Search

bp = Blueprint("market", __name__)


@bp.post("/bikes")
def add_bikes() -> tuple[dict[str, Any], int]:
    bikes = [Bike.from_dict(data) for data in request.get_json()["bikes"]]
    db.session.add_all(bikes)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409)
    return {"bikes": [bike.to_dict() for bike in bikes]}, 201


@bp.delete("/bikes/<ref>")
def remove_bike(ref: str) -> tuple[str, int]:
    bike = db.session.get(Bike, ref) or abort(404)
    db.session.delete(bike)
    db.session.commit()
    return "", 204


@bp.get("/bikes")
def list_bikes() -> Response:
    search = Search.from_args(request.args)
    text = request.args.get("cursor")
    cursor = None if text is None else Cursor.from_text(text, search.sorting)
    page = read_page(search, cursor)
    response = jsonify(bikes=[bike.to_dict() for bike in page.bikes])
    for rel, target in (("prev", page.prev), ("next", page.next)):
        if target is not None:
            response.headers.add("Link", f'<{url_of(target)}>; rel="{rel}"')
    return response


def url_of(cursor: Cursor) -> str:
    """This request's URL, all values of repeated parameters included, with another cursor."""
    args = {**dict(request.args.lists()), "cursor": cursor.to_text()}
    return url_for(".list_bikes", **args)
