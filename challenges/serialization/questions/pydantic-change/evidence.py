"""The profile after the stem's loop, with each option's values."""

from types import SimpleNamespace

from pydantic import BaseModel

CLAIMED = {"name": "Ada", "phone": None, "newsletter": True}


class Change(BaseModel):
    name: str = ""
    phone: str | None = None
    newsletter: bool = True


def after(select):
    profile = SimpleNamespace(name="Ada", phone="555", newsletter=False)
    change = Change.model_validate({"phone": None, "newsletter": True})
    for name, value in select(change, profile).items():
        setattr(profile, name, value)
    return vars(profile)


def unset():
    return after(lambda change, profile: change.model_dump(exclude_unset=True)), CLAIMED


def none():
    return after(lambda change, profile: change.model_dump(exclude_none=True)), CLAIMED


def defaults():
    return after(lambda change, profile: change.model_dump(exclude_defaults=True)), CLAIMED


def everything():
    return after(lambda change, profile: change.model_dump(include=set(Change.model_fields))), CLAIMED


def truthy():
    return after(lambda change, profile: {name: value for name, value in change if value}), CLAIMED


def with_fallback():
    return after(lambda change, profile: {name: value or getattr(profile, name) for name, value in change}), CLAIMED
