"""The routes."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_login import current_user, fresh_login_required, login_required
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from .logins import begin_login, end_login, own_path
from .models import Customer, db

shop = Blueprint("shop", __name__)
account = Blueprint("account", __name__)


def fields(*names: str) -> list[str]:
    """The form's fields of these names; 400 if one is missing or empty."""
    return [request.form.get(name) or abort(400, f"{name} is missing") for name in names]


@shop.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@shop.get("/")
def home() -> dict[str, Any]:
    customer = current_user.email if current_user.is_authenticated else None
    return {"customer": customer, "basket": session.get("basket", [])}


@shop.post("/basket")
def add_to_basket() -> tuple[str, int]:
    (item,) = fields("item")
    session["basket"] = [*session.get("basket", []), item]
    return "", 204


@account.post("/register")
def register() -> tuple[dict[str, str], int]:
    email, password = fields("email", "password")
    customer = Customer(email=email)
    customer.set_password(password)
    db.session.add(customer)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409, "This address is taken")
    return {"email": email}, 201


@account.get("/login")
def login_page() -> str:
    return render_template("login.html")


@account.post("/login")
def login() -> Response:
    customer = Customer.by_credentials(request.form.get("email", ""), request.form.get("password", ""))
    if customer is None:
        abort(401, "The address or the password is wrong")
    begin_login(customer, remember=bool(request.form.get("remember")))
    return redirect(own_path(request.args.get("next", ""), otherwise=url_for("account.details")))


@account.post("/logout")
def logout() -> Response:
    end_login()
    return redirect(url_for("shop.home"))


@account.get("/account")
@login_required
def details() -> dict[str, str]:
    return {"email": current_user.email}


@account.get("/account/invoices")
@fresh_login_required
def invoices() -> dict[str, list[str]]:
    return {"invoices": []}


@account.post("/account/password")
@login_required
def change_password() -> tuple[str, int]:
    current, new = fields("current", "new")
    customer = current_user._get_current_object()
    if not customer.has_password(current):
        abort(403, "The current password is wrong")
    customer.set_password(new)
    db.session.commit()
    begin_login(customer)
    return "", 204
