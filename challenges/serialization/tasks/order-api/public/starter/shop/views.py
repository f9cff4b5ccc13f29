"""The API. Signing in is done; customers and orders are yours."""

from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import select

from .models import Customer, db

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
