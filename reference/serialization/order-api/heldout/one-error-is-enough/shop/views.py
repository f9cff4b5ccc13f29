"""The API: signing in, customers and orders."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, request
from marshmallow import ValidationError
from sqlalchemy import select

from .models import Customer, Order, OrderItem, db
from .schemas import (
    LARGEST_ID,
    customer_changes,
    customer_json,
    new_customer,
    new_order,
    order_changes,
    order_json,
)

bp = Blueprint("api", __name__)

ID = f"<int(max={LARGEST_ID}):id>"


@bp.errorhandler(ValidationError)
def refuse(error: ValidationError) -> tuple[dict[str, Any], int]:
    return {"errors": first(error.messages)}, 422


def first(messages: Any) -> Any:
    """The first error of all, with the path that leads to it."""
    if not isinstance(messages, dict):
        return messages
    name = next(iter(messages))
    return {name: first(messages[name])}


@bp.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@bp.post("/sign-in")
def sign_in() -> dict[str, Any]:
    """Tell whose e-mail address and password these are; 401 if nobody's."""
    sent = request.get_json()
    customer = db.session.scalar(select(Customer).where(Customer.email == sent["email"]))
    if customer is None or not customer.check_password(sent["password"]):
        abort(401)
    return {"customerId": customer.id}


@bp.post("/customers")
def add_customer() -> tuple[dict[str, Any], int]:
    values = new_customer.load(request.get_json())
    password = values.pop("password")
    customer = Customer(**values)
    customer.set_password(password)
    db.session.add(customer)
    db.session.commit()
    return customer_json(customer), 201


@bp.get(f"/customers/{ID}")
def show_customer(id: int) -> dict[str, Any]:
    return customer_json(found(Customer, id))


@bp.patch(f"/customers/{ID}")
def change_customer(id: int) -> dict[str, Any]:
    customer = found(Customer, id)
    values = customer_changes.load(request.get_json())
    if "password" in values:
        customer.set_password(values.pop("password"))
    for name, value in values.items():
        setattr(customer, name, value)
    db.session.commit()
    return customer_json(customer)


@bp.post("/orders")
def add_order() -> tuple[dict[str, Any], int]:
    values = new_order.load(request.get_json())
    errors = window_errors(values["deliver_from"], values["deliver_until"])
    if db.session.get(Customer, values["customer_id"]) is None:
        errors["customerId"] = ["No such customer."]
    if errors:
        raise ValidationError(errors)
    items = [OrderItem(**item) for item in values.pop("items")]
    order = Order(**values, items=items)
    db.session.add(order)
    db.session.commit()
    return order_json(order), 201


@bp.get("/orders")
def list_orders() -> list[dict[str, Any]]:
    return [order_json(order) for order in db.session.scalars(select(Order).order_by(Order.id))]


@bp.get(f"/orders/{ID}")
def show_order(id: int) -> dict[str, Any]:
    return order_json(found(Order, id))


@bp.patch(f"/orders/{ID}")
def change_order(id: int) -> dict[str, Any]:
    order = found(Order, id)
    values = order_changes.load(request.get_json())
    errors = window_errors(
        values.get("deliver_from", order.deliver_from), values.get("deliver_until", order.deliver_until)
    )
    if errors:
        raise ValidationError(errors)
    for name, value in values.items():
        setattr(order, name, value)
    db.session.commit()
    return order_json(order)


def found(model: Any, id: int) -> Any:
    return db.session.get(model, id) or abort(404)


def window_errors(start: datetime, end: datetime) -> dict[str, Any]:
    return {} if end > start else {"deliverUntil": ["Has to be later than deliverFrom."]}
