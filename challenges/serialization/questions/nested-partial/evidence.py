"""The stem's load, run: what it returns or raises, beside what each option says."""

from marshmallow import Schema, ValidationError, fields


class AddressSchema(Schema):
    street = fields.String(required=True)
    city = fields.String(required=True)


class OrderSchema(Schema):
    note = fields.String(required=True)
    gift = fields.Boolean(load_default=True)
    address = fields.Nested(AddressSchema, required=True)


MISSING = ["Missing data for required field."]


def observed():
    try:
        return "changes", OrderSchema(partial=True).load({"address": {"city": "Oslo"}})
    except ValidationError as error:
        return "raised", error.messages_dict


def street_demanded():
    return observed(), ("raised", {"address": {"street": MISSING}})


def all_demanded():
    return observed(), ("raised", {"note": MISSING, "address": {"street": MISSING}})


def default_filled_in():
    return observed(), ("changes", {"address": {"city": "Oslo"}, "gift": True})


def half_an_address():
    return observed(), ("changes", {"address": {"city": "Oslo"}})


def nulls_filled_in():
    return observed(), ("changes", {"address": {"street": None, "city": "Oslo"}})


def address_left_out():
    return observed(), ("changes", {})
