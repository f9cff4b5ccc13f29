"""The stem's load, run: what it returns or raises, beside what each option says."""

from marshmallow import Schema, ValidationError, fields


class UserSchema(Schema):
    id = fields.Integer(dump_only=True)
    name = fields.String(required=True)
    password = fields.String(required=True, load_only=True)


def observed():
    try:
        return "data", UserSchema().load({"id": 7, "name": "Ada", "password": "pa55"})
    except ValidationError as error:
        return "raised", error.messages_dict


def refused(*names):
    return "raised", {name: ["Unknown field."] for name in names}


def id_refused():
    return observed(), refused("id")


def password_refused():
    return observed(), refused("password")


def both_refused():
    return observed(), refused("id", "password")


def id_dropped():
    return observed(), ("data", {"name": "Ada", "password": "pa55"})


def all_kept():
    return observed(), ("data", {"id": 7, "name": "Ada", "password": "pa55"})


def password_dropped():
    return observed(), ("data", {"id": 7, "name": "Ada"})
