"""Both requests of the stem, sent to the view with each option's change: (status, stored booking) of each."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, ValidationError, fields, validates, validates_schema
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = [(422, (9, 17)), (200, (9, 18))]


class BookingSchema(Schema):
    starts = fields.Integer(required=True)
    ends = fields.Integer(required=True)


def patched(schema=BookingSchema, after_load=None, before_commit=None, after_commit=None):
    outcomes = []
    for sent in ({"ends": 5}, {"ends": 18}):
        db = SQLAlchemy()

        class Booking(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            starts: Mapped[int]
            ends: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        db.init_app(app)
        app.register_error_handler(ValidationError, lambda error: (error.messages_dict, 422))

        @app.patch("/bookings/<int:booking_id>")
        def change(booking_id, db=db, model=Booking):
            booking = db.get_or_404(model, booking_id)
            changes = schema(partial=True).load(request.get_json())
            if after_load:
                after_load(booking, changes)
            for name, value in changes.items():
                setattr(booking, name, value)
            if before_commit:
                before_commit(booking)
            db.session.commit()
            if after_commit:
                after_commit(booking)
            return schema().dump(booking)

        with app.app_context():
            db.create_all()
            db.session.add(Booking(id=1, starts=9, ends=17))
            db.session.commit()
        status = app.test_client().patch("/bookings/1", json=sent).status_code
        with app.app_context():
            stored = db.session.get(Booking, 1)
            outcomes.append((status, (stored.starts, stored.ends)))
    return outcomes


def merge_first():
    def check(booking, changes):
        starts = changes.get("starts", booking.starts)
        if changes.get("ends", booking.ends) <= starts:
            raise ValidationError({"ends": ["Too early."]})

    return patched(after_load=check), CLAIMED


def only_if_both():
    class Checked(BookingSchema):
        @validates_schema
        def in_order(self, data, **kwargs):
            if "starts" in data and "ends" in data:
                if data["ends"] <= data["starts"]:
                    raise ValidationError("Too early.", "ends")

    return patched(Checked), CLAIMED


def dump_to_check():
    class Checked(BookingSchema):
        @validates_schema
        def in_order(self, data, **kwargs):
            if data.get("ends", 24) <= data.get("starts", 0):
                raise ValidationError("Too early.", "ends")

    return patched(Checked, before_commit=lambda booking: Checked().dump(booking)), CLAIMED


def check_after_commit():
    def check(booking):
        if booking.ends <= booking.starts:
            raise ValidationError({"ends": ["Too early."]})

    return patched(after_commit=check), CLAIMED


def original_data():
    class Checked(BookingSchema):
        @validates_schema(pass_original=True)
        def in_order(self, data, original, **kwargs):
            start = original.get("starts", 0)
            if data.get("ends", 24) <= start:
                raise ValidationError("Too early.", "ends")

    return patched(Checked), CLAIMED


def field_validator():
    class Checked(BookingSchema):
        @validates("ends")
        def in_order(self, value, data_key):
            start = self.fields["starts"].load_default or 0
            if value <= start:
                raise ValidationError("Too early.")

    return patched(Checked), CLAIMED
