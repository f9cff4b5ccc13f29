"""What may come in, and what goes out."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from .models import Customer, Order

MONEY = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
LARGEST_ID = 2**63 - 1

not_empty = validate.Length(min=1)


class Flag(fields.Field[bool]):
    """True or false and nothing that merely looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Not true or false.")
        return value


class Money(fields.Field[Decimal]):
    """An amount, zero or more, as a string."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        if not isinstance(value, str) or not MONEY.fullmatch(value):
            raise ValidationError('Not an amount such as "7.50", with up to 15 digits before the point and two after.')
        return Decimal(value)


class Instant(fields.AwareDateTime):
    """A datetime with an offset; in UTC from here on."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        if not isinstance(value, str):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        try:
            return super()._deserialize(value, attr, data, **kwargs).astimezone(UTC)
        except OverflowError:
            raise ValidationError("Out of range.") from None


class Object(fields.Nested):
    """A nested object; the error for anything else stands under the field's own name."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValidationError("Not an object.")
        return super()._deserialize(value, attr, data, **kwargs)


class CustomerIn(Schema):
    email = fields.Email(required=True)
    display_name = fields.String(data_key="displayName", required=True, validate=not_empty)
    password = fields.String(required=True, validate=validate.Length(min=8))
    phone = fields.String(allow_none=True, load_default=None)
    newsletter = Flag(load_default=True)


class AddressIn(Schema):
    street = fields.String(required=True, validate=not_empty)
    city = fields.String(required=True, validate=not_empty)
    postalCode = fields.String(required=True, validate=not_empty)


class ItemIn(Schema):
    sku = fields.String(required=True, validate=not_empty)
    quantity = fields.Integer(strict=True, required=True, validate=validate.Range(1, 1000))
    unit_price = Money(data_key="unitPrice", required=True)


class OrderIn(Schema):
    customer_id = fields.Integer(
        data_key="customerId", strict=True, required=True, validate=validate.Range(1, LARGEST_ID)
    )
    items = fields.List(Object(ItemIn), required=True, validate=not_empty)
    shipping_address = Object(AddressIn, data_key="shippingAddress", required=True)
    note = fields.String(allow_none=True, load_default=None)
    priority = fields.Integer(strict=True, load_default=5, validate=validate.Range(0, 9))
    deliver_from = Instant(data_key="deliverFrom", required=True)
    deliver_until = Instant(data_key="deliverUntil", required=True)


new_customer = CustomerIn()
new_order = OrderIn()

# A tuple of names, not partial=True: that would reach into nested objects, and an address has to be complete.
customer_changes = CustomerIn(partial=tuple(CustomerIn().fields))
CHANGEABLE = ("shipping_address", "note", "priority", "deliver_from", "deliver_until")
order_changes = OrderIn(only=CHANGEABLE, partial=CHANGEABLE)


def money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def customer_json(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id,
        "email": customer.email,
        "displayName": customer.display_name,
        "phone": customer.phone,
        "newsletter": customer.newsletter,
        "role": customer.role,
        "createdAt": customer.created_at.isoformat(),
    }


def order_json(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "customer": {"id": order.customer.id, "displayName": order.customer.display_name},
        "items": [
            {"sku": item.sku, "quantity": item.quantity, "unitPrice": money(item.unit_price)} for item in order.items
        ],
        "shippingAddress": order.shipping_address,
        "note": order.note,
        "priority": order.priority,
        "deliverFrom": order.deliver_from.isoformat(),
        "deliverUntil": order.deliver_until.isoformat(),
        "placedAt": order.placed_at.isoformat(),
        "total": money(sum((item.quantity * item.unit_price for item in order.items), Decimal(0))),
    }
