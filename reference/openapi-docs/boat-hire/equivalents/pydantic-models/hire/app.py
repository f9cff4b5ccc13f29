"""The app and its eight operations."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, abort, jsonify
from sqlalchemy import exists, func, select
from werkzeug.exceptions import HTTPException

from . import shapes
from .contract import Described, document, problem
from .tables import BoatRow, HireRow, db

PRICES = {"kayak": "9.50", "canoe": "12", "pedalo": "14.25", "rowing": "11.40"}

api = Described("api", "/api")


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping({"SQLALCHEMY_DATABASE_URI": "sqlite:///hire.db", **(config or {})})
    db.init_app(app)
    app.register_blueprint(api)
    app.add_url_rule("/openapi.json", "document", lambda: jsonify(document(api)))
    app.register_error_handler(HTTPException, lambda error: problem(error.code, [error.description]))
    with app.app_context():
        db.create_all()
    return app


@api.operation("GET", "/health", 200, shapes.Health)
def health():
    """Whether the app is up"""
    return {"status": "ok"}


@api.operation("GET", "/boats", 200, shapes.Boats, query=shapes.BoatQuery)
def list_boats(query: shapes.BoatQuery):
    """The boats that match"""
    conditions = []
    if query.kind is not None:
        conditions.append(BoatRow.kind == query.kind.value)
    if query.min_seats is not None:
        conditions.append(BoatRow.seats >= query.min_seats)
    rows = db.session.scalars(select(BoatRow).where(*conditions).order_by(BoatRow.id)).all()
    return {"boats": rows[query.offset :][: query.limit], "total": len(rows)}


@api.operation("POST", "/boats", 201, shapes.Boat, body=shapes.NewBoat, token=True, errors=[409], headers=["Location"])
def add_boat(body: shapes.NewBoat):
    """Add a boat"""
    if db.session.scalar(select(exists().where(BoatRow.code == body.code))):
        abort(409)
    boat = BoatRow(**body.model_dump(mode="json"))
    db.session.add(boat)
    db.session.commit()
    return boat, {"Location": f"/api/boats/{boat.id}"}


@api.operation("GET", "/boats/<int:boat_id>", 200, shapes.Boat, errors=[404])
def show_boat(boat_id: int):
    """One boat"""
    return db.session.get(BoatRow, boat_id) or abort(404)


@api.operation("PATCH", "/boats/<int:boat_id>", 200, shapes.Boat, body=shapes.Changes, token=True, errors=[404])
def change_boat(boat_id: int, body: shapes.Changes):
    """Change some of a boat"""
    boat = show_boat(boat_id)
    for name in body.model_fields_set:
        setattr(boat, name, getattr(body, name))
    db.session.commit()
    return boat


@api.operation("DELETE", "/boats/<int:boat_id>", 204, token=True, errors=[404, 409])
def delete_boat(boat_id: int):
    """Take a boat out of the list"""
    boat = show_boat(boat_id)
    if db.session.scalar(select(func.count()).where(HireRow.boat_id == boat_id)):
        abort(409)
    db.session.delete(boat)
    db.session.commit()


@api.operation(
    "POST", "/boats/<int:boat_id>/hires", 201, shapes.Hire, body=shapes.NewHire, token=True, errors=[404, 409]
)
def hire_boat(boat_id: int, body: shapes.NewHire):
    """Give a boat to a guest"""
    boat = show_boat(boat_id)
    out = exists().where(HireRow.boat_id == boat_id, HireRow.returned_on.is_(None))
    if db.session.scalar(select(out)):
        abort(409)
    cents = int(Decimal(PRICES[boat.kind]) * 100) * body.hours
    hire = HireRow(boat_id=boat_id, guest=body.guest, hours=body.hours, cents=cents)
    db.session.add(hire)
    db.session.commit()
    return hire


@api.operation("POST", "/hires/<int:hire_id>/return", 200, shapes.Hire, token=True, errors=[404, 409])
def return_boat(hire_id: int):
    """Take a boat back"""
    hire = db.session.get(HireRow, hire_id) or abort(404)
    if hire.returned_on is not None:
        abort(409)
    hire.returned_on = datetime.now(UTC).date()
    db.session.commit()
    return hire
