"""The routes. GET /bikes is still to be written."""

from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy.exc import IntegrityError

from .models import Bike, db

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
