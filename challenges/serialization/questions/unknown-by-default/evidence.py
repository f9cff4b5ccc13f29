"""What becomes of the field that neither declares."""

import marshmallow
import pydantic

BODY = {"name": "Ada", "admin": True}


class UserSchema(marshmallow.Schema):
    name = marshmallow.fields.String(required=True)


class User(pydantic.BaseModel):
    name: str


def fate(load, refusal):
    try:
        return "kept" if "admin" in load() else "dropped"
    except refusal:
        return "refused"


def observed():
    return (
        fate(lambda: UserSchema().load(BODY), marshmallow.ValidationError),
        fate(lambda: User.model_validate(BODY).model_dump(), pydantic.ValidationError),
    )


def refused_refused():
    return observed(), ("refused", "refused")


def dropped_dropped():
    return observed(), ("dropped", "dropped")


def dropped_refused():
    return observed(), ("dropped", "refused")


def refused_dropped():
    return observed(), ("refused", "dropped")


def kept_dropped():
    return observed(), ("kept", "dropped")


def refused_kept():
    return observed(), ("refused", "kept")
