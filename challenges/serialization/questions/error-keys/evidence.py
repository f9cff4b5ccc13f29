"""The stem's load, run; messages are replaced by "…", so that only the keys are compared."""

from marshmallow import Schema, ValidationError, fields, validates_schema


class LineSchema(Schema):
    unit_price = fields.Decimal(data_key="unitPrice")


class OrderSchema(Schema):
    lines = fields.List(fields.Nested(LineSchema))
    starts_at = fields.Integer(data_key="startsAt")
    ends_at = fields.Integer(data_key="endsAt")

    @validates_schema(skip_on_field_errors=False)
    def check_window(self, data, **kwargs):
        if data["ends_at"] <= data["starts_at"]:
            raise ValidationError({"ends_at": ["Too early."]})


def without_wording(messages):
    if not isinstance(messages, dict):
        return "…"
    return {key: without_wording(value) for key, value in messages.items()}


def observed():
    try:
        return OrderSchema().load(
            {"lines": [{"unitPrice": "1.50"}, {"unitPrice": "cheap"}], "startsAt": 17, "endsAt": 9}
        )
    except ValidationError as error:
        return without_wording(error.messages)


def all_translated():
    return observed(), {"lines": {1: {"unitPrice": "…"}}, "endsAt": "…"}


def only_the_line():
    return observed(), {"lines": {1: {"unitPrice": "…"}}}


def dict_as_it_is():
    return observed(), {"lines": {1: {"unitPrice": "…"}}, "ends_at": "…"}


def attributes_throughout():
    return observed(), {"lines": {1: {"unit_price": "…"}}, "ends_at": "…"}


def no_index():
    return observed(), {"lines": {"unitPrice": "…"}, "ends_at": "…"}


def under_schema():
    return observed(), {"lines": {1: {"unitPrice": "…"}}, "_schema": "…"}
