"""Accounts, logins, and who may do what."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, current_app, g, request, session
from sqlalchemy import ColumnElement, select, true
from werkzeug.security import check_password_hash, generate_password_hash

from kennel.bodies import fill, read_body
from kennel.models import Account, Dog, db

people = Blueprint("people", __name__)


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a view that needs no login."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


@people.before_app_request
def login_required() -> None:
    """Finds out whose request it is; without a login only views that are marked as public are open."""
    g.account = db.session.get(Account, session["account_id"]) if "account_id" in session else None
    if request.endpoint is None or request.method == "OPTIONS":
        return  # a 404 or 405, or a preflight, which never has cookies
    view = current_app.view_functions[request.endpoint]
    if g.account is None and not getattr(view, "is_public", False):
        abort(401)


def is_keeper() -> bool:
    """Whether the request is a keeper's, as the database has it now."""
    return g.account.role == "keeper"


def within_reach() -> ColumnElement[bool]:
    """The condition for dogs: keepers reach all of them, others their own."""
    return true() if is_keeper() else Dog.owner_id == g.account.id


def keeper_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuses requests of everyone but keepers."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not is_keeper():
            abort(403)
        return view(*args, **kwargs)

    return guarded


@people.get("/health")
@public
def health() -> dict[str, str]:
    """Says that the app is up."""
    return {"status": "ok"}


@people.post("/register")
@public
def register() -> tuple[dict[str, Any], int]:
    """Adds an account; the first one of all is a keeper's."""
    data = read_body({"email": str, "name": str, "password": str})
    if db.session.scalar(select(Account).where(Account.email == data["email"])):
        abort(409)
    account = Account(
        password_hash=generate_password_hash(data.pop("password"), method=current_app.config["PASSWORD_HASH_METHOD"]),
        role="customer" if db.session.scalar(select(Account.id).limit(1)) else "keeper",
    )
    db.session.add(fill(account, data))
    db.session.commit()
    return account.as_json(), 201


@people.post("/login")
@public
def login() -> dict[str, Any]:
    """Begins a session."""
    data = read_body({"email": str, "password": str})
    account = db.session.scalar(select(Account).where(Account.email == data["email"]))
    if account is None or not check_password_hash(account.password_hash, data["password"]):
        abort(401)
    session.clear()
    session["account_id"] = account.id
    return account.as_json()


@people.post("/logout")
@public
def logout() -> tuple[str, int]:
    """Ends the session."""
    session.clear()
    return "", 204


@people.get("/me")
def me() -> dict[str, Any]:
    """The account of whoever asks."""
    return g.account.as_json()


@people.patch("/me")
def change_me() -> dict[str, Any]:
    """Changes the own account."""
    fill(g.account, read_body({}, {"name": str}))
    db.session.commit()
    return g.account.as_json()
