"""What comes in and what goes out. A schema refuses every field that it does not declare."""

from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates, validates_schema

from .models import Customer, Order, db


def text(**options: Any) -> fields.String:
    """A required string with something in it."""
    return fields.String(required=True, validate=validate.Length(min=1), **options)


def money(**options: Any) -> fields.Decimal:
    """A Decimal that travels as a string with two digits after the point."""
    return fields.Decimal(required=True, places=2, as_string=True, validate=validate.Range(min=0), **options)


class CamelCaseSchema(Schema):
    """Attributes in snake_case, their names in JSON in camelCase."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:
        first, *others = field_name.split("_")
        field_obj.data_key = first + "".join(word.title() for word in others)


class CustomerSchema(CamelCaseSchema):
    id = fields.Integer(dump_only=True)
    email = fields.Email(required=True)
    display_name = text()
    password = fields.String(required=True, load_only=True, validate=validate.Length(min=8))
    phone = fields.String(load_default=None, allow_none=True)
    newsletter = fields.Boolean(load_default=True)
    role = fields.String(dump_only=True)
    created_at = fields.AwareDateTime(dump_only=True)


class ItemSchema(CamelCaseSchema):
    sku = text()
    quantity = fields.Integer(required=True, validate=validate.Range(1, 1000))
    unit_price = money()


class AddressSchema(CamelCaseSchema):
    street = text()
    city = text()
    postal_code = text()


class OrderSchema(CamelCaseSchema):
    id = fields.Integer(dump_only=True)
    customer_id = fields.Integer(required=True, load_only=True)
    customer = fields.Nested(CustomerSchema(only=("id", "display_name")), dump_only=True)
    items = fields.List(fields.Nested(ItemSchema), required=True, validate=validate.Length(min=1))
    shipping_address = fields.Nested(AddressSchema, required=True)
    note = fields.String(load_default=None, allow_none=True)
    priority = fields.Integer(load_default=5, validate=validate.Range(0, 9))
    deliver_from = fields.AwareDateTime(required=True)
    deliver_until = fields.AwareDateTime(required=True)
    placed_at = fields.AwareDateTime(dump_only=True)
    total = fields.Decimal(places=2, as_string=True, dump_only=True)

    @validates("customer_id")
    def customer_exists(self, value: int, data_key: str) -> None:
        if db.session.get(Customer, value) is None:
            raise ValidationError("There is no such customer.")

    @validates_schema
    def window_is_open(self, data: dict[str, Any], **kwargs: Any) -> None:
        if self.instant("deliver_until", data) <= self.instant("deliver_from", data):
            raise ValidationError("Must be later than deliverFrom.", "deliver_until")

    def instant(self, name: str, data: dict[str, Any]) -> datetime:
        return data[name]


class OrderChangeSchema(OrderSchema):
    """A part of an order, to be laid over ``order``."""

    class Meta:
        fields = ("shipping_address", "note", "priority", "deliver_from", "deliver_until")

    def __init__(self, order: Order) -> None:
        # Named one by one: partial=True would also reach into the address, which has to be complete.
        super().__init__(partial=self.Meta.fields)
        self.order = order

    def instant(self, name: str, data: dict[str, Any]) -> datetime:
        return data.get(name, getattr(self.order, name))
