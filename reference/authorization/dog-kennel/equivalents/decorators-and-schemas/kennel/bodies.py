"""What clients may send."""

from typing import Any

from flask import abort, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate


class Body(Schema):
    """Drops whatever is not declared."""

    class Meta:
        unknown = EXCLUDE


class Credentials(Body):
    email = fields.String(required=True)
    password = fields.String(required=True)


class Registration(Credentials):
    name = fields.String(required=True)


class Profile(Body):
    name = fields.String()


class DogBody(Body):
    name = fields.String(required=True)
    breed = fields.String(required=True)
    notes = fields.String()


class StayBody(Body):
    arrives = fields.String(required=True)
    nights = fields.Integer(required=True, strict=True)
    notes = fields.String()


class PriceBody(Body):
    price = fields.Integer(required=True, strict=True)


class RoleBody(Body):
    role = fields.String(required=True, validate=validate.OneOf(["customer", "keeper"]))


def load(schema: type[Body], partial: bool = False) -> dict[str, Any]:
    """The body of the request; 422 if it does not fit. Numbers in quotes do not."""
    sent = request.get_json(silent=True)
    try:
        data = schema(partial=partial).load(sent)
    except ValidationError:
        abort(422)
    if any(type(sent[key]) is not type(value) for key, value in data.items()):
        abort(422)
    return data
