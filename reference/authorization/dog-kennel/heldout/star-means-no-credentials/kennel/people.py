"""Accounts, logins, and who may do what."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, current_app, g, session
from sqlalchemy import select
from werkzeug.security import check_password_hash, generate_password_hash

from kennel.bodies import fill, read_body
from kennel.models import Account, db

people = Blueprint("people", __name__)


@people.before_app_request
def load_account() -> None:
    """Whose request it is."""
    g.account = db.session.get(Account, session["account_id"]) if "account_id" in session else None


def is_keeper() -> bool:
    """Whether the request is a keeper's."""
    return g.account is not None and g.account.role == "keeper"


def login_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuses requests of people who are not logged in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if g.account is None:
            abort(401)
        return view(*args, **kwargs)

    return guarded


def keeper_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuses requests of everyone but keepers."""

    @wraps(view)
    @login_required
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not is_keeper():
            abort(403)
        return view(*args, **kwargs)

    return guarded


@people.get("/health")
def health() -> dict[str, str]:
    """Says that the app is up."""
    return {"status": "ok"}


@people.post("/register")
def register() -> tuple[dict[str, Any], int]:
    """Adds an account; the first one of all is a keeper's."""
    data = read_body("email", "name", "password")
    if db.session.scalar(select(Account).where(Account.email == data["email"])):
        abort(409)
    account = Account(role="customer" if db.session.scalar(select(Account.id).limit(1)) else "keeper")
    account.password_hash = generate_password_hash(
        data.pop("password"), method=current_app.config["PASSWORD_HASH_METHOD"]
    )
    db.session.add(fill(account, data))
    db.session.commit()
    return account.as_json(), 201


@people.post("/login")
def login() -> dict[str, Any]:
    """Begins a session."""
    data = read_body("email", "password")
    account = db.session.scalar(select(Account).where(Account.email == data["email"]))
    if account is None or not check_password_hash(account.password_hash, data["password"]):
        abort(401)
    session.clear()
    session["account_id"] = account.id
    return account.as_json()


@people.post("/logout")
def logout() -> tuple[str, int]:
    """Ends the session."""
    session.clear()
    return "", 204


@people.get("/me")
@login_required
def me() -> dict[str, Any]:
    """The account of whoever asks."""
    return g.account.as_json()


@people.patch("/me")
@login_required
def change_me() -> dict[str, Any]:
    """Changes the own account."""
    fill(g.account, read_body(optional=("name",)))
    db.session.commit()
    return g.account.as_json()
