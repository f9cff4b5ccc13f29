"""What the three loads print."""

from marshmallow import Schema, ValidationError, fields


def printed():
    class LineSchema(Schema):
        quantity = fields.Integer(required=True)

    found = []
    for value in ("3", 3.7, "3.7"):
        try:
            found.append(str(LineSchema().load({"quantity": value})["quantity"]))
        except ValidationError:
            found.append("refused")
    return found


def numbers_alone():
    return printed(), ["refused", "3.7", "refused"]


def whole_or_refused():
    return printed(), ["3", "refused", "refused"]


def cut():
    return printed(), ["3", "3", "refused"]


def cut_all():
    return printed(), ["3", "3", "3"]


def rounded():
    return printed(), ["3", "4", "4"]


def strict():
    return printed(), ["refused", "refused", "refused"]
