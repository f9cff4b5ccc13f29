"""The eight operations."""

from datetime import date
from typing import Any

import marshmallow as ma
from flask import url_for
from flask_smorest import abort
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from .api import Blueprint
from .models import Boat, Hire, db
from .schemas import (
    BoatChangesSchema,
    BoatListSchema,
    BoatQuerySchema,
    BoatSchema,
    HireSchema,
    NewBoatSchema,
    NewHireSchema,
)

blp = Blueprint("boats", __name__, url_prefix="/api", description="Boats and their hires")

LOCATION = {"Location": {"description": "The address of the new boat", "schema": {"type": "string"}}}
NEW_BOAT = {"code": "K-12", "name": "Otter", "kind": "kayak", "seats": 2, "note": "new paddles", "key_code": "4711"}


def boat_or_404(boat_id: int) -> Boat:
    return db.session.get(Boat, boat_id) or abort(404)


@blp.route("/boats", methods=["GET"])
@blp.doc(operationId="listBoats")
@blp.arguments(BoatQuerySchema, location="query", unknown=ma.RAISE)
@blp.response(200, BoatListSchema)
def list_boats(query: dict[str, Any]) -> dict[str, Any]:
    """List boats"""
    matching = select(Boat)
    if "kind" in query:
        matching = matching.where(Boat.kind == query["kind"])
    if "min_seats" in query:
        matching = matching.where(Boat.seats >= query["min_seats"])
    page = matching.order_by(Boat.id).limit(query["limit"]).offset(query["offset"])
    total = db.session.scalar(select(func.count()).select_from(matching.subquery()))
    return {"boats": db.session.scalars(page), "total": total}


@blp.route("/boats", methods=["POST"])
@blp.doc(operationId="addBoat")
@blp.token_required
@blp.arguments(NewBoatSchema, example=NEW_BOAT)
@blp.response(201, BoatSchema, headers=LOCATION)
@blp.errors(400, 409)
def add_boat(data: dict[str, Any]) -> tuple[Boat, dict[str, str]]:
    """Add a boat"""
    boat = Boat(**data)
    db.session.add(boat)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409, message="Another boat has this code.")
    return boat, {"Location": url_for(".show_boat", boat_id=boat.id)}


@blp.route("/boats/<int:boat_id>", methods=["GET"])
@blp.doc(operationId="getBoat")
@blp.response(200, BoatSchema)
@blp.errors(404)
def show_boat(boat_id: int) -> Boat:
    """Show a boat"""
    return boat_or_404(boat_id)


@blp.route("/boats/<int:boat_id>", methods=["PATCH"])
@blp.doc(operationId="changeBoat")
@blp.token_required
@blp.arguments(BoatChangesSchema, example={"seats": 3, "note": None})
@blp.response(200, BoatSchema)
@blp.errors(400, 404)
def change_boat(changes: dict[str, Any], boat_id: int) -> Boat:
    """Change a boat

    What is not sent stays as it is.
    """
    boat = boat_or_404(boat_id)
    for name, value in changes.items():
        setattr(boat, name, value)
    db.session.commit()
    return boat


@blp.route("/boats/<int:boat_id>", methods=["DELETE"])
@blp.doc(operationId="deleteBoat")
@blp.token_required
@blp.response(204)
@blp.errors(404, 409)
def delete_boat(boat_id: int) -> None:
    """Delete a boat that was never hired"""
    boat = boat_or_404(boat_id)
    if boat.hires:
        abort(409, message="This boat has been hired.")
    db.session.delete(boat)
    db.session.commit()


@blp.route("/boats/<int:boat_id>/hires", methods=["POST"])
@blp.doc(operationId="hireBoat")
@blp.token_required
@blp.arguments(NewHireSchema, example={"guest": "Ada", "hours": 3})
@blp.response(201, HireSchema)
@blp.errors(400, 404, 409)
def hire_boat(data: dict[str, Any], boat_id: int) -> Hire:
    """Hire a boat"""
    boat = boat_or_404(boat_id)
    if boat.is_out:
        abort(409, message="This boat is out.")
    hire = Hire(boat=boat, **data)
    db.session.add(hire)
    db.session.commit()
    return hire


@blp.route("/hires/<int:hire_id>/return", methods=["POST"])
@blp.doc(operationId="returnBoat")
@blp.token_required
@blp.response(200, HireSchema)
@blp.errors(404, 409)
def return_boat(hire_id: int) -> Hire:
    """Return a hired boat"""
    hire = db.session.get(Hire, hire_id) or abort(404)
    if hire.returned_on is not None:
        abort(409, message="This hire has ended.")
    hire.returned_on = date.today()
    db.session.commit()
    return hire
