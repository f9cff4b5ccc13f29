"""What the call does, and whether it drops everything after an option's change."""

from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, ValidationError, fields

BODY = {"note": "Ring twice", "gift": True, "address": {"city": "Oslo", "zip": "0150"}}
CLEAN = {"note": "Ring twice", "address": {"city": "Oslo"}}


def load(order=RAISE, address=RAISE, argument=EXCLUDE):
    """The result; for a refusal, the names that it objects to."""

    class AddressSchema(Schema):
        class Meta:
            unknown = address

        city = fields.String(required=True)

    class OrderSchema(Schema):
        class Meta:
            unknown = order

        note = fields.String(required=True)
        address = fields.Nested(AddressSchema, required=True)

    try:
        return OrderSchema().load(BODY, unknown=argument)
    except ValidationError as error:
        return {*error.messages, *error.messages.get("address", ())} - {"address"}


def reaches_down():
    return load(), CLEAN


def meta_of_order():
    return (load(), load(order=EXCLUDE)), ({"zip"}, CLEAN)


def argument_ignored():
    return (load(), load(order=EXCLUDE)), ({"gift"}, CLEAN)


def nested_passes():
    kept = {"note": "Ring twice", "address": {"city": "Oslo", "zip": "0150"}}
    return (load(), load(address=EXCLUDE)), (kept, CLEAN)


def say_it_below():
    return (load(), load(address=EXCLUDE)), ({"zip"}, CLEAN)


def both_refused():
    return (load(), load(argument=INCLUDE)), ({"gift", "zip"}, CLEAN)
