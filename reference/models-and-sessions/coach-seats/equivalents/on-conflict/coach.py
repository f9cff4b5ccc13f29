"""Looks before it writes, and lets SQLite skip what collides all the same: no error of the database is awaited."""

from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)

trips = db.Table(
    "trip",
    db.Column("id", db.Integer, primary_key=True),
    db.Column("code", db.Text, nullable=False, unique=True),
    db.Column("refused", db.Integer, nullable=False, server_default="0"),
)
bookings = db.Table(
    "booking",
    db.Column("id", db.Integer, primary_key=True),
    db.Column("trip_id", None, db.ForeignKey("trip.id"), nullable=False),
    db.Column("seat", db.Integer, db.CheckConstraint("NOT (seat < 1 OR seat > 60)"), nullable=False),
    db.Column("passenger", db.Text, nullable=False),
    db.Column("phone", db.Text),
    db.UniqueConstraint("seat", "trip_id"),
)
SEATS = range(1, 61)


@event.listens_for(Engine, "connect")
def check_foreign_keys(connection, _record):
    connection.execute("PRAGMA foreign_keys = ON")


def shown(trip_id):
    trip = db.session.execute(select(trips).where(trips.c.id == trip_id)).mappings().first()
    if trip is None:
        abort(404)
    columns = [bookings.c[name] for name in ("id", "seat", "passenger", "phone")]
    found = db.session.execute(select(*columns).where(bookings.c.trip_id == trip_id).order_by(bookings.c.seat))
    return {**trip, "bookings": [dict(row) for row in found.mappings()]}


def refuse(trip_id):
    db.session.rollback()
    db.session.execute(trips.update().where(trips.c.id == trip_id).values(refused=trips.c.refused + 1))
    db.session.commit()
    abort(409)


def put(trip_id, wanted):
    """Inserts the bookings and gives their ids. What is refused is counted, and nothing of it stays."""
    taken = {booking["seat"] for booking in shown(trip_id)["bookings"]}
    seats = [row["seat"] for row in wanted]
    if len(set(seats)) < len(seats) or taken & set(seats) or not all(seat in SEATS for seat in seats):
        refuse(trip_id)
    rows = [{"phone": None, **row, "trip_id": trip_id} for row in wanted]
    statement = insert(bookings).values(rows).on_conflict_do_nothing().returning(bookings.c.id)
    ids = db.session.scalars(statement).all()
    if len(ids) < len(rows):
        refuse(trip_id)
    db.session.commit()
    return ids


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping({"SQLALCHEMY_DATABASE_URI": "sqlite:///coach.db"} | dict(config or {}))
    db.init_app(app)

    @app.get("/health")
    def health():
        return jsonify({"status": "ok"})

    @app.post("/trips")
    def add_trip():
        statement = insert(trips).values(code=request.json["code"]).on_conflict_do_nothing().returning(trips.c.id)
        trip_id = db.session.scalar(statement)
        db.session.commit()
        if trip_id is None:
            return jsonify({"error": "taken"}), 409
        return jsonify(shown(trip_id)), 201

    @app.get("/trips/<int:trip_id>")
    def show_trip(trip_id):
        return jsonify(shown(trip_id))

    @app.delete("/trips/<int:trip_id>")
    def remove_trip(trip_id):
        shown(trip_id)
        booked = select(func.count()).select_from(bookings).where(bookings.c.trip_id == trip_id).scalar_subquery()
        gone = db.session.execute(trips.delete().where(trips.c.id == trip_id, booked == 0))
        db.session.commit()
        return ("", 204) if gone.rowcount else ({"error": "has bookings"}, 409)

    @app.post("/trips/<int:trip_id>/bookings")
    def add_booking(trip_id):
        (booking_id,) = put(trip_id, [request.json])
        return next(booking for booking in shown(trip_id)["bookings"] if booking["id"] == booking_id), 201

    @app.post("/trips/<int:trip_id>/import")
    def import_bookings(trip_id):
        put(trip_id, request.json["bookings"])
        return jsonify(shown(trip_id)), 201

    with app.app_context():
        db.create_all()
    return app
