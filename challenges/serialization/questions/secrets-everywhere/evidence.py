"""What each change does: both dumps, and whether a load takes and demands a password."""

from types import SimpleNamespace

from marshmallow import Schema, ValidationError, fields

USER = SimpleNamespace(name="Ada", password="pa55")
CLAIMED = ({"name": "Ada"}, {"customer": {"name": "Ada"}}, "taken", "demanded")


class Plain(Schema):
    name = fields.String(required=True)
    password = fields.String(required=True)


def loads(schema, sent):
    try:
        schema.load(sent)
    except ValidationError:
        return False
    return True


def outcome(user_schema=Plain, view=None, customer=None):
    class OrderSchema(Schema):
        pass

    order_schema = OrderSchema.from_dict({"customer": customer or fields.Nested(user_schema)})
    return (
        (view or user_schema()).dump(USER),
        order_schema().dump({"customer": USER}),
        "taken" if loads(user_schema(), {"name": "Ada", "password": "pa55"}) else "refused",
        "not demanded" if loads(user_schema(), {"name": "Ada"}) else "demanded",
    )


def load_only():
    class UserSchema(Plain):
        password = fields.String(required=True, load_only=True)

    return outcome(UserSchema), CLAIMED


def dump_only():
    class UserSchema(Plain):
        password = fields.String(required=True, dump_only=True)

    return outcome(UserSchema), CLAIMED


def exclude_in_view():
    return outcome(view=Plain(exclude=("password",))), CLAIMED


def exclude_in_order():
    return outcome(customer=fields.Nested(Plain, exclude=("password",))), CLAIMED


def meta_exclude():
    class UserSchema(Plain):
        class Meta:
            exclude = ("password",)

    return outcome(UserSchema), CLAIMED


def metadata():
    class UserSchema(Plain):
        password = fields.String(required=True, metadata={"load_only": True})

    return outcome(UserSchema), CLAIMED
