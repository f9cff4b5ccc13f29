"""What customers see by each way, now and after a field for the staff was added to all three schemas."""

from decimal import Decimal

from marshmallow import Schema, fields

ORDER = {
    "lines": [{"product": {"name": "Lamp", "cost": Decimal("3.10"), "later": "x"}, "later": "x"}],
    "margin": Decimal("1.20"),
    "later": "x",
}
RIGHT = (True, True)


def shown(value):
    """The names of all that holds something, at any depth."""
    if isinstance(value, dict):
        return {name for name in value} | {name for part in value.values() for name in shown(part)}
    return {name for part in value for name in shown(part)} if isinstance(value, list) else set()


def outcome(nested=None, options=None, **args):
    """Returns (the product's name and neither cost nor margin are shown, no later field is shown)."""
    try:
        now, later = (shown(dump(extra, nested or {}, options or {}, args)) for extra in (False, True))
    except ValueError as error:
        return type(error)
    return "name" in now and not now & {"cost", "margin"}, "later" not in later


def dump(extra, nested, options, args):
    more = {"later": fields.String()} if extra else {}
    money = {"as_string": True, **options}
    product = Schema.from_dict({"name": fields.String(), "cost": fields.Decimal(**money), **more})
    line = Schema.from_dict({"product": fields.Nested(product, **nested), **more})
    lines = fields.List(fields.Nested(line))
    return Schema.from_dict({"lines": lines, "margin": fields.Decimal(**money), **more})(**args).dump(ORDER)


def exclude():
    return outcome(exclude=("margin", "lines.product.cost")), RIGHT


def exclude_names():
    return outcome(exclude=("margin", "cost")), RIGHT


def only_top():
    return outcome(only=("lines",)), RIGHT


def only_path():
    return outcome(only=("lines.product.name",)), RIGHT


def load_only():
    return outcome(options={"load_only": True}), RIGHT


def nested_exclude():
    return outcome(nested={"exclude": ("cost",)}), RIGHT
