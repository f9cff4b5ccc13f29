"""Trips by coach, and the seats that are booked on them."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
api = Blueprint("api", __name__)


@event.listens_for(Engine, "connect")
def check_foreign_keys(connection: Any, _record: Any) -> None:
    """SQLite looks at foreign keys only on connections that ask for it."""
    connection.execute("PRAGMA foreign_keys = ON")


class Trip(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column()
    refused: Mapped[int] = mapped_column(server_default="0")

    bookings: Mapped[list["Booking"]] = relationship(
        primaryjoin="Trip.id == foreign(Booking.trip_id)", order_by="Booking.seat"
    )

    def to_dict(self) -> dict[str, object]:
        bookings = [booking.to_dict() for booking in self.bookings]
        return {"id": self.id, "code": self.code, "refused": self.refused, "bookings": bookings}


class Booking(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    trip_id: Mapped[int] = mapped_column(index=True)
    seat: Mapped[int]
    passenger: Mapped[str]
    phone: Mapped[str | None]

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "seat": self.seat, "passenger": self.passenger, "phone": self.phone}


def can_be_booked(trip: Trip, seat: int) -> bool:
    """Whether there is such a seat, and nobody has it."""
    taken = db.session.scalar(select(Booking).filter_by(trip_id=trip.id, seat=seat)) is not None
    return 1 <= seat <= 60 and not taken


def book(trip: Trip, rows: list[dict[str, Any]]) -> list[Booking]:
    """Stores all of the bookings or none. A refusal is counted at the trip."""
    bookings = []
    for row in rows:
        if not can_be_booked(trip, row["seat"]):
            db.session.rollback()
            trip.refused += 1
            db.session.commit()
            abort(409)
        booking = Booking(trip_id=trip.id, seat=row["seat"], passenger=row["passenger"], phone=row.get("phone"))
        db.session.add(booking)
        bookings.append(booking)
    db.session.commit()
    return bookings


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@api.post("/trips")
def add_trip() -> tuple[dict[str, object], int]:
    code = request.get_json()["code"]
    if db.session.scalar(select(Trip).filter_by(code=code)) is not None:
        abort(409)
    trip = Trip(code=code)
    db.session.add(trip)
    db.session.commit()
    return trip.to_dict(), 201


@api.get("/trips/<int:trip_id>")
def show_trip(trip_id: int) -> dict[str, object]:
    return db.get_or_404(Trip, trip_id).to_dict()


@api.delete("/trips/<int:trip_id>")
def remove_trip(trip_id: int) -> tuple[str, int]:
    trip = db.get_or_404(Trip, trip_id)
    if trip.bookings:
        abort(409)
    db.session.delete(trip)
    db.session.commit()
    return "", 204


@api.post("/trips/<int:trip_id>/bookings")
def add_booking(trip_id: int) -> tuple[dict[str, object], int]:
    (booking,) = book(db.get_or_404(Trip, trip_id), [request.get_json()])
    return booking.to_dict(), 201


@api.post("/trips/<int:trip_id>/import")
def import_bookings(trip_id: int) -> tuple[dict[str, object], int]:
    trip = db.get_or_404(Trip, trip_id)
    book(trip, request.get_json()["bookings"])
    return trip.to_dict(), 201


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///coach.db")
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(api)
    with app.app_context():
        db.create_all()
    return app
