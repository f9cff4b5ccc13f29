"""The stem's dump, run: what it returns or raises, beside what each option says."""

from marshmallow import Schema, ValidationError, fields, validate


class LineSchema(Schema):
    sku = fields.String(required=True)
    quantity = fields.Integer(validate=validate.Range(min=1))


def observed():
    try:
        return "result", LineSchema().dump({"quantity": "0"})
    except ValidationError as error:
        return "raised", sorted(error.messages_dict)


def raises_both():
    return observed(), ("raised", ["quantity", "sku"])


def raises_missing():
    return observed(), ("raised", ["sku"])


def formatted():
    return observed(), ("result", {"quantity": 0})


def bad_left_out():
    return observed(), ("result", {})


def padded_with_null():
    return observed(), ("result", {"sku": None, "quantity": 0})


def passed_through():
    return observed(), ("result", {"quantity": "0"})
