"""Four requests to a PATCH view with each option's body: the profile afterwards, or that it was refused."""

from types import SimpleNamespace

from flask import Flask, request
from marshmallow import EXCLUDE, INCLUDE, Schema, ValidationError, fields


class ProfileSchema(Schema):
    name = fields.String(required=True)
    phone = fields.String(allow_none=True, load_default=None)
    newsletter = fields.Boolean(load_default=True)


class ChangeSchema(ProfileSchema):
    name = fields.String()


STORED = {"name": "Ada", "phone": "555", "newsletter": False, "role": "user"}
STARTS = ({}, {}, {"newsletter": True}, {})
BODIES = ({"phone": None}, {"name": "Eve"}, {"newsletter": False}, {"role": "admin"})
CLAIMED = [STORED | {"phone": None}, STORED | {"name": "Eve"}, STORED, "refused"]


def after(schema, keeps=lambda value: True):
    """The profile after each of the four requests."""
    outcomes = []
    for start, body in zip(STARTS, BODIES, strict=True):
        profile = SimpleNamespace(**STORED | start)
        app = Flask(__name__)

        @app.patch("/profile")
        def change(profile=profile):
            for name, value in schema.load(request.get_json()).items():
                if keeps(value):
                    setattr(profile, name, value)
            return vars(profile)

        app.register_error_handler(ValidationError, lambda error: (error.messages_dict, 422))
        reply = app.test_client().patch("/profile", json=body)
        outcomes.append("refused" if reply.status_code == 422 else vars(profile))
    return outcomes


def partial():
    return after(ProfileSchema(partial=True)), CLAIMED


def truthy():
    return after(ProfileSchema(partial=True), bool), CLAIMED


def all_optional():
    return after(ChangeSchema()), CLAIMED


def straight_in():
    return after(ProfileSchema(partial=True, unknown=INCLUDE)), CLAIMED


def not_null():
    return after(ProfileSchema(partial=True), lambda value: value is not None), CLAIMED


def dropped():
    return after(ProfileSchema(partial=True, unknown=EXCLUDE)), CLAIMED
