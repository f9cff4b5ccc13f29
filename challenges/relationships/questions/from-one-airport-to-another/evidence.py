"""What is stored for Flight(origin=a, target=b), or which exception stops it."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

CLAIMED = (10, 20)


def stored(arguments):
    """``arguments`` makes the keywords of both relationships from the columns."""
    db = SQLAlchemy()

    class Airport(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Flight(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        origin_id: Mapped[int] = mapped_column(ForeignKey("airport.id"))
        target_id: Mapped[int] = mapped_column(ForeignKey("airport.id"))
        origin: Mapped[Airport] = relationship(**arguments(Airport, origin_id, target_id)[0])
        target: Mapped[Airport] = relationship(**arguments(Airport, origin_id, target_id)[1])

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        try:
            flight = Flight(origin=Airport(id=10), target=Airport(id=20))
        except SQLAlchemyError as error:
            return type(error).__name__
        db.session.add(flight)
        db.session.commit()
        return flight.origin_id, flight.target_id


def own_columns():
    return stored(lambda airport, origin, target: ({"foreign_keys": [origin]}, {"foreign_keys": [target]})), CLAIMED


def target_column():
    return stored(lambda airport, *keys: ({"foreign_keys": [airport.id]}, {"foreign_keys": [airport.id]})), CLAIMED


def remote():
    return stored(lambda airport, origin, target: ({"remote_side": [origin]}, {"remote_side": [target]})), CLAIMED


def backrefs():
    return stored(lambda *columns: ({"backref": "departures"}, {"backref": "arrivals"})), CLAIMED


def overlap():
    return stored(lambda *columns: ({"overlaps": "target"}, {"overlaps": "origin"})), CLAIMED


def populate_each_other():
    return stored(lambda *columns: ({"back_populates": "target"}, {"back_populates": "origin"})), CLAIMED
