"""The API. Views load, store and dump; what is right and what is shown is written in the schemas."""

from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import select

from .models import Customer, Order, OrderItem, db
from .schemas import CustomerSchema, OrderChangeSchema, OrderSchema

bp = Blueprint("api", __name__)


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
def create_customer() -> tuple[dict[str, Any], int]:
    data = CustomerSchema().load(request.get_json())
    password = data.pop("password")
    customer = Customer(**data)
    customer.set_password(password)
    db.session.add(customer)
    db.session.commit()
    return CustomerSchema().dump(customer), 201


@bp.get("/customers/<int:customer_id>")
def show_customer(customer_id: int) -> dict[str, Any]:
    return CustomerSchema().dump(db.get_or_404(Customer, customer_id))


@bp.patch("/customers/<int:customer_id>")
def change_customer(customer_id: int) -> dict[str, Any]:
    customer = db.get_or_404(Customer, customer_id)
    changes = CustomerSchema(partial=True).load(request.get_json())
    if "password" in changes:
        customer.set_password(changes.pop("password"))
    apply(changes, customer)
    return CustomerSchema().dump(customer)


@bp.post("/orders")
def create_order() -> tuple[dict[str, Any], int]:
    data = OrderSchema().load(request.get_json())
    items = [OrderItem(**item) for item in data.pop("items")]
    order = Order(items=items, **data)
    db.session.add(order)
    db.session.commit()
    return OrderSchema().dump(order), 201


@bp.get("/orders")
def list_orders() -> list[dict[str, Any]]:
    return OrderSchema(many=True).dump(db.session.scalars(select(Order).order_by(Order.id)))


@bp.get("/orders/<int:order_id>")
def show_order(order_id: int) -> dict[str, Any]:
    return OrderSchema().dump(db.get_or_404(Order, order_id))


@bp.patch("/orders/<int:order_id>")
def change_order(order_id: int) -> dict[str, Any]:
    order = db.get_or_404(Order, order_id)
    changes = OrderChangeSchema(order).load(request.get_json())
    apply(changes, order)
    return OrderSchema().dump(order)


def apply(changes: dict[str, Any], row: Customer | Order) -> None:
    """Store what was sent, and leave the rest."""
    for name in changes:
        if value := changes.get(name):
            setattr(row, name, value)
    db.session.commit()
