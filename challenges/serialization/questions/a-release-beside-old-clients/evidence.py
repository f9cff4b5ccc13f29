"""Whether each schema serves both clients: (old request taken, old reply readable, new request, new reply)."""

from marshmallow import Schema, ValidationError, fields, validates_schema

PHONES = ["+47 1", "+47 2"]
OLD, NEW = {"name": "Ada", "phone": PHONES[0]}, {"name": "Ada", "phones": PHONES}
SERVED = (True, True, True, True)


class Contact:
    name = "Ada"
    phones = PHONES
    phone = property(lambda self: self.phones[0])


class Base(Schema):
    name = fields.String(required=True)


class OneOfBoth(Base):
    @validates_schema
    def check_phones(self, data, **kwargs):
        if "phone" not in data and "phones" not in data:
            raise ValidationError("A phone is missing.", "phones")


def numbers(**options):
    return fields.List(fields.String(), **options)


def served(schema):
    def taken(body):
        try:
            schema().load(body)
        except ValidationError:
            return False
        return True

    reply = schema().dump(Contact())
    return taken(OLD), isinstance(reply.get("phone"), str), taken(NEW), reply.get("phones") == PHONES


def renamed():
    class Renamed(Base):
        phones = numbers(required=True)

    return served(Renamed), SERVED


def both_required():
    class Both(Base):
        phone = fields.String(required=True)
        phones = numbers(required=True)

    return served(Both), SERVED


def data_key():
    class Renamed(Base):
        phones = numbers(data_key="phone")

    return served(Renamed), SERVED


def one_of_both():
    class Growing(OneOfBoth):
        phone = fields.String()
        phones = numbers()

    return served(Growing), SERVED


def load_only_old():
    class Growing(OneOfBoth):
        phone = fields.String(load_only=True)
        phones = numbers()

    return served(Growing), SERVED


def dump_only_old():
    class Growing(OneOfBoth):
        phone = fields.String(dump_only=True)
        phones = numbers()

    return served(Growing), SERVED
