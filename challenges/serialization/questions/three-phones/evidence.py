"""What `phone` is in each of the three results; an absent key is "absent", a refusal the type of the error."""

from marshmallow import Schema, ValidationError, fields


def results():
    class ContactSchema(Schema):
        name = fields.String(required=True)
        phone = fields.String()

    found = []
    for body in ({"name": "Ada", "phone": ""}, {"name": "Ada", "phone": None}, {"name": "Ada"}):
        try:
            found.append(ContactSchema().load(body).get("phone", "absent"))
        except ValidationError:
            found.append(ValidationError)
    return found


def empty_refused():
    return results(), [ValidationError, ValidationError, "absent"]


def none_kept():
    return results(), ["", None, "absent"]


def filled_in():
    return results(), ["", None, None]


def only_none_refused():
    return results(), ["", ValidationError, "absent"]


def none_is_absent():
    return results(), ["", "absent", "absent"]


def all_none():
    return results(), [None, None, None]
