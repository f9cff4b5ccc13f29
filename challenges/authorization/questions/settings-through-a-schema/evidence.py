"""The answer with each change, and the role that is stored afterwards."""

from types import SimpleNamespace

from flask import Flask, request
from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, ValidationError, fields, validate

CLAIMED = (200, {"name": "Eve", "role": "member"}, "member")


def answered(handling=INCLUDE, loading=None, read_only=(), **options):
    class UserSchema(Schema):
        class Meta:
            unknown = handling
            dump_only = read_only

        name = fields.String()
        role = fields.String(dump_only=True, **options)

    app = Flask(__name__)
    current_user = SimpleNamespace(name="Mallory", role="member")

    @app.errorhandler(ValidationError)
    def refused(error):
        return error.messages, 422

    @app.patch("/me")
    def edit():
        data = UserSchema(**(loading or {})).load(request.get_json())
        for field, value in data.items():
            setattr(current_user, field, value)
        return UserSchema().dump(current_user)

    answer = app.test_client().patch("/me", json={"name": "Eve", "role": "admin", "theme": "dark"})
    return answer.status_code, answer.json, current_user.role


def refuse():
    return answered(RAISE), CLAIMED


def exclude():
    return answered(EXCLUDE), CLAIMED


def only():
    return answered(loading={"only": ["name"]}), CLAIMED


def validator():
    return answered(validate=validate.OneOf(["member"])), CLAIMED


def both_ways():
    return answered(load_only=True), CLAIMED


def read_only_list():
    return answered(read_only=["role"]), CLAIMED
