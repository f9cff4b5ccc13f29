"""Trips by coach, and the seats that are booked on them."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, Engine, ForeignKey, event
from sqlalchemy.exc import IntegrityError
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
    code: Mapped[str] = mapped_column(unique=True)
    refused: Mapped[int] = mapped_column(server_default="0")

    # "all": a delete leaves the bookings alone, so that the foreign key can refuse it
    bookings: Mapped[list["Booking"]] = relationship(order_by="Booking.seat", passive_deletes="all")

    def to_dict(self) -> dict[str, object]:
        bookings = [booking.to_dict() for booking in self.bookings]
        return {"id": self.id, "code": self.code, "refused": self.refused, "bookings": bookings}


class Booking(db.Model):
    __table_args__ = (CheckConstraint("seat BETWEEN 1 AND 60"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trip_id: Mapped[int] = mapped_column(ForeignKey("trip.id"), index=True)
    seat: Mapped[int] = mapped_column(unique=True)
    passenger: Mapped[str]
    phone: Mapped[str | None]

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "seat": self.seat, "passenger": self.passenger, "phone": self.phone}


def commit_or_409() -> None:
    """Stores what the session holds, or nothing of it."""
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409)


def book(trip: Trip, rows: list[dict[str, Any]]) -> list[Booking]:
    """Stores all of the bookings or none. A refusal is counted at the trip, in a transaction of its own."""
    bookings = [
        Booking(trip_id=trip.id, seat=row["seat"], passenger=row["passenger"], phone=row.get("phone")) for row in rows
    ]
    db.session.add_all(bookings)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        trip.refused = Trip.refused + 1  # counted by the database: two processes may do it at once
        db.session.commit()
        abort(409)
    return bookings


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@api.post("/trips")
def add_trip() -> tuple[dict[str, object], int]:
    trip = Trip(code=request.get_json()["code"])
    db.session.add(trip)
    commit_or_409()
    return trip.to_dict(), 201


@api.get("/trips/<int:trip_id>")
def show_trip(trip_id: int) -> dict[str, object]:
    return db.get_or_404(Trip, trip_id).to_dict()


@api.delete("/trips/<int:trip_id>")
def remove_trip(trip_id: int) -> tuple[str, int]:
    db.session.delete(db.get_or_404(Trip, trip_id))
    commit_or_409()
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
