"""The routes. What comes in is looked at by the rules of ``checks.py``."""

from datetime import date
from functools import wraps

from flask import Blueprint, abort, current_app, request, url_for

from . import checks
from .models import Boat, Hire, db

bp = Blueprint("api", __name__, url_prefix="/api")


def guarded(view):
    @wraps(view)
    def wrapper(**ids):
        if request.headers.get("Authorization") != f"Bearer {current_app.config['API_TOKEN']}":
            abort(401)
        return view(**ids)

    return wrapper


def boat_json(boat):
    return {name: getattr(boat, name) for name in ("id", "code", "name", "kind", "seats", "note")}


def hire_json(hire):
    shown = {name: getattr(hire, name) for name in ("id", "boat_id", "guest", "hours")}
    day = hire.returned_on
    return {**shown, "price": f"{hire.price:.2f}", "returned_on": day and day.isoformat()}


@bp.get("/health")
def health():
    return {"status": "ok"}


@bp.get("/boats")
def boats():
    wanted = checks.query(request.args)
    found = Boat.query.order_by(Boat.id)
    if wanted["kind"]:
        found = found.filter_by(kind=wanted["kind"])
    if wanted["min_seats"]:
        found = found.filter(Boat.seats >= wanted["min_seats"])
    page = found.offset(wanted["offset"]).limit(wanted["limit"])
    return {"boats": [boat_json(boat) for boat in page], "total": found.count()}


@bp.post("/boats")
@guarded
def new_boat():
    sent = checks.body(checks.BOAT, optional={"note"})
    if Boat.query.filter_by(code=sent["code"]).first():
        abort(409)
    boat = Boat(**{"note": None, **sent})
    db.session.add(boat)
    db.session.commit()
    return boat_json(boat), 201, {"Location": url_for("api.boat", id=boat.id, _external=True)}


@bp.get("/boats/<int:id>")
def boat(id):
    return boat_json(db.get_or_404(Boat, id))


@bp.patch("/boats/<int:id>")
@guarded
def change(id):
    boat = db.get_or_404(Boat, id)
    for name, value in checks.body(checks.CHANGES, optional=set(checks.CHANGES)).items():
        setattr(boat, name, value)
    db.session.commit()
    return boat_json(boat)


@bp.delete("/boats/<int:id>")
@guarded
def remove(id):
    boat = db.get_or_404(Boat, id)
    if boat.hires:
        abort(409)
    db.session.delete(boat)
    db.session.commit()
    return "", 204


@bp.post("/boats/<int:id>/hires")
@guarded
def new_hire(id):
    boat = db.get_or_404(Boat, id)
    sent = checks.body(checks.HIRE)
    if boat.is_out:
        abort(409)
    hire = Hire(boat=boat, **sent)
    db.session.add(hire)
    db.session.commit()
    return hire_json(hire), 201


@bp.post("/hires/<int:id>/return")
@guarded
def give_back(id):
    hire = db.get_or_404(Hire, id)
    if hire.returned_on:
        abort(409)
    hire.returned_on = date.today()
    db.session.commit()
    return hire_json(hire)
