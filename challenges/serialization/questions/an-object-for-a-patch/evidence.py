"""What both patches make of the stored profile; a failure is the type of the exception."""

from dataclasses import astuple, dataclass

from marshmallow import Schema, ValidationError, fields, post_load


@dataclass
class Profile:
    name: str
    newsletter: bool = True
    phone: str | None = None


class ProfileSchema(Schema):
    name = fields.String(required=True)
    newsletter = fields.Boolean()
    phone = fields.String(allow_none=True)

    @post_load
    def make(self, data, **kwargs):
        return Profile(**data)


def patch(profile, body):
    change = ProfileSchema(partial=True).load(body)
    for name, value in vars(change).items():
        setattr(profile, name, value)


def outcomes():
    found = []
    for body in ({"name": "Eve"}, {"phone": None}):
        profile = Profile("Ada", newsletter=False, phone="555")
        try:
            patch(profile, body)
        except (ValidationError, TypeError) as error:
            found.append(type(error))
        else:
            found.append(astuple(profile))
    return found


def as_sent():
    return outcomes(), [("Eve", False, "555"), ("Ada", False, None)]


def defaults_and_error():
    return outcomes(), [("Eve", True, None), TypeError]


def refused_twice():
    return outcomes(), [ValidationError, ValidationError]


def refused_second():
    return outcomes(), [("Eve", False, "555"), ValidationError]


def hook_skipped():
    return outcomes(), [TypeError, TypeError]


def defaults_everywhere():
    return [one[1] if isinstance(one, tuple) else one for one in outcomes()], [True, True]
