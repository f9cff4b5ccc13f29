"""What the three lines give; a refusal is the type of the error."""

from marshmallow import Schema, ValidationError, fields


def results():
    class PersonSchema(Schema):
        first_name = fields.String(required=True, data_key="firstName")

    schema = PersonSchema()

    def attempt(call, value):
        try:
            return call(value)
        except ValidationError:
            return ValidationError

    return (
        attempt(schema.load, {"firstName": "Ada"}),
        attempt(schema.dump, {"first_name": "Ada"}),
        attempt(schema.load, {"first_name": "Ada"}),
    )


INSIDE, OUTSIDE = {"first_name": "Ada"}, {"firstName": "Ada"}


def either_name():
    return results(), (INSIDE, OUTSIDE, INSIDE)


def load_only():
    return results(), (INSIDE, INSIDE, ValidationError)


def key_inside():
    return results(), (OUTSIDE, INSIDE, ValidationError)


def both_ways():
    return results(), (INSIDE, OUTSIDE, ValidationError)


def ignored():
    return results(), (INSIDE, OUTSIDE, {})


def dump_fails():
    return results(), (INSIDE, {}, ValidationError)
