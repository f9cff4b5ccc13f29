"""What comes in and what goes out. Each direction has schemas of its own, since they promise different things."""

import marshmallow as ma
from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from .models import PRICES


class Incoming(ma.Schema):
    """Refuses unknown fields: ``additionalProperties: false``."""

    class Meta:
        unknown = ma.RAISE


class Outgoing(ma.Schema):
    """Leaves room for the fields of tomorrow: the document forbids none."""

    class Meta:
        unknown = ma.EXCLUDE


class NewBoatSchema(Incoming):
    code = fields.String(required=True, validate=Regexp(r"^[A-Z]{1,3}-[0-9]{1,3}$"))
    name = fields.String(required=True, validate=Length(1, 40))
    kind = fields.String(required=True, validate=OneOf(list(PRICES)))
    seats = fields.Integer(required=True, strict=True, validate=Range(1, 12))
    note = fields.String(allow_none=True, load_default=None, validate=Length(max=200))
    key_code = fields.String(required=True, validate=Regexp(r"^[0-9]{4}$"))


class BoatChangesSchema(Incoming):
    name = fields.String(validate=Length(1, 40))
    seats = fields.Integer(strict=True, validate=Range(1, 12))
    note = fields.String(allow_none=True, validate=Length(max=200))
    key_code = fields.String(validate=Regexp(r"^[0-9]{4}$"))


class NewHireSchema(Incoming):
    guest = fields.String(required=True, validate=Length(1, 60))
    hours = fields.Integer(required=True, strict=True, validate=Range(1, 8))


class BoatQuerySchema(ma.Schema):
    """Everything in a query string is text, so these integers are not strict."""

    kind = fields.String(validate=OneOf(list(PRICES)))
    min_seats = fields.Integer(validate=Range(1, 12))
    limit = fields.Integer(load_default=20, validate=Range(1, 50))
    offset = fields.Integer(load_default=0, validate=Range(min=0))


class HealthSchema(Outgoing):
    status = fields.String(required=True)


class BoatSchema(Outgoing):
    id = fields.Integer(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    seats = fields.Integer(required=True)
    note = fields.String(required=True, allow_none=True)


class BoatListSchema(Outgoing):
    boats = fields.List(fields.Nested(BoatSchema), required=True)
    total = fields.Integer(required=True)


class HireSchema(Outgoing):
    id = fields.Integer(required=True)
    boat_id = fields.Integer(required=True)
    guest = fields.String(required=True)
    hours = fields.Integer(required=True)
    # The class says "number" in the document; that this one travels as text has to be said.
    price = fields.Decimal(places=2, as_string=True, required=True, metadata={"type": "string"})
    returned_on = fields.Date(required=True, allow_none=True)


class ErrorSchema(Outgoing):
    code = fields.Integer(required=True)
    status = fields.String(required=True)
    message = fields.String()
    errors = fields.Dict()
