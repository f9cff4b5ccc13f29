"""What is stored: (sensor, unit, source)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Mapped, mapped_column, validates


def stored():
    db = SQLAlchemy()

    class Reading(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        sensor: Mapped[str]
        unit: Mapped[str | None] = mapped_column(default="C")
        source: Mapped[str | None]

        @validates("sensor")
        def lower(self, key, value):
            return value.lower()

    @event.listens_for(Reading, "before_insert")
    def set_source(mapper, connection, reading):
        reading.source = "api"

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    rows = [{"sensor": "A1"}]
    with app.app_context():
        db.create_all()
        db.session.execute(insert(Reading), rows)
        db.session.commit()
        return tuple(db.session.execute(select(Reading.sensor, Reading.unit, Reading.source)).one())


def all():
    return stored(), ("a1", "C", "api")


def event_and_default():
    return stored(), ("A1", "C", "api")


def validator_and_default():
    return stored(), ("a1", "C", None)


def rows_alone():
    return stored(), ("A1", None, None)


def default_alone():
    return stored(), ("A1", "C", None)


def event_alone():
    return stored(), ("A1", None, "api")
