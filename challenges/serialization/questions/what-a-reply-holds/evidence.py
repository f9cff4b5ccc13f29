"""What dumping the stem's person gives."""

from marshmallow import Schema, ValidationError, fields


class PersonSchema(Schema):
    name = fields.String(required=True)
    phone = fields.String()
    city = fields.String(dump_default="unknown")


class Person:
    pass


def dumped():
    person = Person()
    person.phone = None
    try:
        return PersonSchema().dump(person)
    except (ValidationError, AttributeError) as error:
        return type(error)


def missing_left_out():
    return dumped(), {"phone": None, "city": "unknown"}


def required_raises():
    return dumped(), ValidationError


def attribute_error():
    return dumped(), AttributeError


def all_null():
    return dumped(), {"name": None, "phone": None, "city": "unknown"}


def none_left_out():
    return dumped(), {"city": "unknown"}


def no_default():
    return dumped(), {"name": None, "phone": None, "city": None}
