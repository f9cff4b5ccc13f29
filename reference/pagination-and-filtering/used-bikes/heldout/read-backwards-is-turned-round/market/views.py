"""The routes."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy.exc import IntegrityError

from .models import Bike, db
from .search import BadRequest, Search

bp = Blueprint("market", __name__)


@bp.get("/bikes")
def list_bikes() -> Response:
    try:
        search = Search(request.args)
    except BadRequest as error:
        abort(400, str(error))
    page = search.page()
    response = jsonify(bikes=[bike.to_dict() for bike in page.bikes])
    links = {
        "next": page.bikes[-1] if page.has_next else None,
        "prev": page.bikes[0] if page.has_prev else None,
    }
    for rel, bike in links.items():
        if bike is not None:
            response.headers.add("Link", f'<{request.root_path}{request.path}?{search.query(rel, bike)}>; rel="{rel}"')
    return response


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
