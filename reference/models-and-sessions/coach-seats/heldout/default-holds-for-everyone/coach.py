"""Trips by coach, and the seats that are booked on them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, Engine, ForeignKey, UniqueConstraint, delete, event, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

LARGEST_INTEGER = 2**63 - 1
REFUSALS = (IntegrityError, OverflowError)  # OverflowError: a whole number too large for SQLite, so no seat either


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Trip(db.Model):
    __tablename__ = "trip"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    refused: Mapped[int] = mapped_column(default=0)
    bookings: Mapped[list["Booking"]] = relationship(order_by="Booking.seat", passive_deletes="all")

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "code": self.code,
            "refused": self.refused,
            "bookings": [booking.to_dict() for booking in self.bookings],
        }


class Booking(db.Model):
    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("trip_id", "seat"),
        CheckConstraint("seat BETWEEN 1 AND 60"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trip_id: Mapped[int] = mapped_column(ForeignKey("trip.id"))
    seat: Mapped[int]
    passenger: Mapped[str]
    phone: Mapped[str | None]

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "seat": self.seat, "passenger": self.passenger, "phone": self.phone}


def get_trip(trip_id: int) -> Trip:
    if trip_id > LARGEST_INTEGER:
        abort(404)
    return db.get_or_404(Trip, trip_id)


def make_booking(trip_id: int, data: Mapping[str, Any]) -> Booking:
    return Booking(trip_id=trip_id, seat=data["seat"], passenger=data["passenger"], phone=data.get("phone"))


def count_refusal(trip_id: int) -> None:
    db.session.execute(update(Trip).where(Trip.id == trip_id).values(refused=Trip.refused + 1))
    db.session.commit()


@event.listens_for(Engine, "connect")
def check_foreign_keys(connection: Any, _record: Any) -> None:
    """SQLite looks at foreign keys only on connections that ask for it."""
    connection.execute("PRAGMA foreign_keys = ON")


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///coach.db")
    app.config.from_mapping(config or {})
    db.init_app(app)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/trips")
    def create_trip() -> tuple[dict[str, Any], int]:
        trip = Trip(code=request.get_json()["code"])
        db.session.add(trip)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            return {"error": "this code is taken"}, 409
        return trip.to_dict(), 201

    @app.get("/trips/<int:trip_id>")
    def show_trip(trip_id: int) -> dict[str, Any]:
        return get_trip(trip_id).to_dict()

    @app.delete("/trips/<int:trip_id>")
    def delete_trip(trip_id: int) -> tuple[Any, int]:
        get_trip(trip_id)
        try:
            db.session.execute(delete(Trip).where(Trip.id == trip_id))
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            return {"error": "this trip has bookings"}, 409
        return "", 204

    @app.post("/trips/<int:trip_id>/bookings")
    def create_booking(trip_id: int) -> tuple[dict[str, Any], int]:
        get_trip(trip_id)
        booking = make_booking(trip_id, request.get_json())
        db.session.add(booking)
        try:
            db.session.commit()
        except REFUSALS:
            db.session.rollback()
            count_refusal(trip_id)
            return {"error": "this booking is refused"}, 409
        return booking.to_dict(), 201

    @app.post("/trips/<int:trip_id>/import")
    def import_bookings(trip_id: int) -> tuple[dict[str, Any], int]:
        trip = get_trip(trip_id)
        db.session.add_all(make_booking(trip_id, data) for data in request.get_json()["bookings"])
        try:
            db.session.commit()
        except REFUSALS:
            db.session.rollback()
            count_refusal(trip_id)
            return {"error": "these bookings are refused"}, 409
        return trip.to_dict(), 201

    with app.app_context():
        db.create_all()
    return app
