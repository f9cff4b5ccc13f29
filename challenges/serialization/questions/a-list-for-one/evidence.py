"""What loading the list gives: the messages' places, or what was returned."""

from marshmallow import Schema, ValidationError, fields


def places(messages):
    if isinstance(messages, dict):
        return {key: places(value) if isinstance(value, dict) else ... for key, value in messages.items()}
    return [places(each) for each in messages]


def result():
    class LineSchema(Schema):
        sku = fields.String(required=True)
        quantity = fields.Integer(required=True)

    body = [{"sku": "A-1", "quantity": 2}, {"sku": "B-2", "quantity": "two"}, {"quantity": 1}]
    try:
        return LineSchema(many=True).load(body)
    except ValidationError as error:
        return places(error.messages)


def by_index():
    return result(), {1: {"quantity": ...}, 2: {"sku": ...}}


def first_only():
    return result(), {1: {"quantity": ...}}


def no_index():
    return result(), {"quantity": ..., "sku": ...}


def list_of_errors():
    return result(), [{}, {"quantity": ...}, {"sku": ...}]


def good_ones():
    return result(), [{"sku": "A-1", "quantity": 2}]


def no_dict():
    return result(), {"_schema": ...}
