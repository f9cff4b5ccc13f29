from flask import Blueprint, abort, current_app, g, jsonify, request
from flask.views import MethodView
from sqlalchemy import exists, select, update

from .models import Booking, Trip

bp = Blueprint("coach", __name__)


def session():
    if "session" not in g:
        g.session = current_app.extensions["sessions"]()
    return g.session


def refusal(error):
    """Every rule that the database has refused for ends here; at the routes for bookings it is counted."""
    session().rollback()
    if request.endpoint in ("coach.book", "coach.load"):
        counted = update(Trip).where(Trip.id == request.view_args["trip_id"]).values(refused=Trip.refused + 1)
        session().execute(counted)
        session().commit()
    return jsonify(error="refused"), 409


def find(trip_id):
    trip = session().get(Trip, trip_id)
    if trip is None:
        abort(404)
    return trip


def seat_of(booking):
    return {name: getattr(booking, name) for name in ("id", "seat", "passenger", "phone")}


def whole(trip):
    return {"id": trip.id, "code": trip.code, "refused": trip.refused, "bookings": [seat_of(b) for b in trip.bookings]}


@bp.get("/health")
def health():
    return jsonify(status="ok")


@bp.post("/trips")
def new():
    with session().begin():
        trip = Trip(code=request.get_json()["code"])
        session().add(trip)
    return whole(trip), 201


class OneTrip(MethodView):
    def get(self, trip_id):
        return whole(find(trip_id))

    def delete(self, trip_id):
        trip = find(trip_id)
        if session().scalar(select(exists().where(Booking.trip_id == trip_id))):
            abort(409)
        session().delete(trip)
        session().commit()
        return "", 204


bp.add_url_rule("/trips/<int:trip_id>", view_func=OneTrip.as_view("trip"))


@bp.post("/trips/<int:trip_id>/bookings")
def book(trip_id):
    trip = find(trip_id)
    booking = Booking(**request.get_json())
    trip.bookings.append(booking)
    session().commit()
    return seat_of(booking), 201


@bp.post("/trips/<int:trip_id>/import")
def load(trip_id):
    trip = find(trip_id)
    trip.bookings.extend(Booking(**row) for row in request.get_json()["bookings"])
    session().flush()
    session().expire(trip)
    answer = whole(trip)
    session().commit()
    return answer, 201
