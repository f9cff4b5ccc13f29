"""What each field makes of the two amounts: types after load and dump, and what goes out."""

from marshmallow import Schema, fields, validate

CLAIMED = [("Decimal", "str", "7.50"), ("Decimal", "str", "987654321098765.43")]


def journey(field):
    schema = Schema.from_dict({"price": field})()
    outcomes = []
    for sent in ("7.5", "987654321098765.43"):
        loaded = schema.load({"price": sent})
        shown = schema.dump(loaded)["price"]
        outcomes.append((type(loaded["price"]).__name__, type(shown).__name__, str(shown)))
    return outcomes


def plain_decimal():
    return journey(fields.Decimal(as_string=True, allow_nan=False)), CLAIMED


def decimal_with_places():
    return journey(fields.Decimal(places=2, as_string=True)), CLAIMED


def number_out():
    return journey(fields.Decimal(places=2, allow_nan=False)), CLAIMED


def float_as_string():
    return journey(fields.Float(as_string=True, allow_nan=False)), CLAIMED


def float_rounded():
    return journey(fields.Function(lambda row: f"{row['price']:.2f}", deserialize=float)), CLAIMED


def checked_string():
    return journey(fields.String(validate=validate.Regexp(r"\d+\.\d\d?$"))), CLAIMED
