"""The API."""

import hmac
import json
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, NoReturn

from flask import Blueprint, abort, current_app, request, url_for
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from .models import Boat, Hire, db
from .schemas import boat_changes, boat_query, new_boat, new_hire

bp = Blueprint("api", __name__, url_prefix="/api")

LARGEST = 2**63 - 1  # the largest integer that SQLite takes


def token_required(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        expected = current_app.config["API_TOKEN"].encode()
        # WSGI hands over the bytes of a header as Latin-1.
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode("latin-1", "replace"), expected):
            raise Unauthorized("The token is missing or wrong.", www_authenticate=WWWAuthenticate("bearer"))
        return view(*args, **kwargs)

    return checked


def json_body() -> Any:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is not JSON")

    try:
        return json.loads(request.get_data().decode(), parse_constant=refuse)
    except (ValueError, RecursionError):
        abort(400, "The body is not JSON.")


def find(model: type[Any], text: str) -> Any:
    """The row with this id, which is what the address has: ids that can't be are not there either."""
    number = int(text) if re.fullmatch(r"[0-9]{1,100}", text) else 0
    return (db.session.get(model, number) if number <= LARGEST else None) or abort(404, "There is no such id.")


def show_boat(boat: Boat) -> dict[str, Any]:
    return {name: getattr(boat, name) for name in ("id", "code", "name", "kind", "seats", "note")}


def show_hire(hire: Hire) -> dict[str, Any]:
    return {
        "id": hire.id,
        "boat_id": hire.boat_id,
        "guest": hire.guest,
        "hours": hire.hours,
        "price": f"{hire.price:.2f}",
        "returned_on": hire.returned_on.isoformat() if hire.returned_on else None,
    }


@bp.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@bp.get("/boats")
def list_boats() -> dict[str, Any]:
    query = boat_query.validate_python(request.args.to_dict())
    filters = []
    if "kind" in query:
        filters.append(Boat.kind == query["kind"])
    if "min_seats" in query:
        filters.append(Boat.seats >= query["min_seats"])
    boats = db.session.scalars(
        select(Boat)
        .where(*filters)
        .order_by(Boat.id)
        .limit(query.get("limit", 20))
        .offset(min(query.get("offset", 0), LARGEST))
    )
    total = db.session.scalar(select(func.count()).select_from(Boat).where(*filters))
    return {"boats": [show_boat(boat) for boat in boats], "total": total}


@bp.post("/boats")
@token_required
def add_boat() -> tuple[dict[str, Any], int, dict[str, str]]:
    boat = Boat(**new_boat.validate_python(json_body()))
    db.session.add(boat)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409, "Another boat has this code.")
    return show_boat(boat), 201, {"Location": url_for(".get_boat", boat_id=boat.id)}


@bp.get("/boats/<boat_id>")
def get_boat(boat_id: str) -> dict[str, Any]:
    return show_boat(find(Boat, boat_id))


@bp.patch("/boats/<boat_id>")
@token_required
def change_boat(boat_id: str) -> dict[str, Any]:
    boat = find(Boat, boat_id)
    for name, value in boat_changes.validate_python(json_body()).items():
        setattr(boat, name, value)
    db.session.commit()
    return show_boat(boat)


@bp.delete("/boats/<boat_id>")
@token_required
def remove_boat(boat_id: str) -> tuple[str, int]:
    boat = find(Boat, boat_id)
    if boat.hires:
        abort(409, "This boat has been hired.")
    db.session.delete(boat)
    db.session.commit()
    return "", 204


@bp.post("/boats/<boat_id>/hires")
@token_required
def hire_boat(boat_id: str) -> tuple[dict[str, Any], int]:
    boat = find(Boat, boat_id)
    data = new_hire.validate_python(json_body())
    if boat.is_out:
        abort(409, "This boat is out.")
    hire = Hire(boat=boat, **data)
    db.session.add(hire)
    db.session.commit()
    return show_hire(hire), 201


@bp.post("/hires/<hire_id>/return")
@token_required
def return_boat(hire_id: str) -> dict[str, Any]:
    hire = find(Hire, hire_id)
    if hire.returned_on is not None:
        abort(409, "This boat is back already.")
    hire.returned_on = date.today()
    db.session.commit()
    return show_hire(hire)
