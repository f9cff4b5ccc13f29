"""The routes."""

from typing import Any

from flask import Blueprint, abort, request
from flask_jwt_extended import current_user, get_jwt, jwt_required
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from .auth import admin_required, begin_login, continue_login, end_login
from .models import ROLES, User, db

api = Blueprint("api", __name__)


def json_object() -> dict[str, Any]:
    """The body, if it is a JSON object."""
    body = request.get_json()
    if not isinstance(body, dict):
        abort(422, "The body must be an object")
    return body


def credentials() -> tuple[str, str]:
    """The e-mail address and the password of the body: both are strings that are not empty."""
    body = json_object()
    email, password = body.get("email"), body.get("password")
    if not (isinstance(email, str) and email and isinstance(password, str) and password):
        abort(422, "email and password must be strings")
    return email, password


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@api.post("/users")
def register() -> tuple[dict[str, object], int]:
    email, password = credentials()
    is_first = db.session.scalar(select(User.id).limit(1)) is None
    user = User(email=email, role="admin" if is_first else "member")
    user.set_password(password)
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409, "This e-mail address is taken")
    return user.to_dict(), 201


@api.post("/login")
def login() -> dict[str, str]:
    email, password = credentials()
    user = db.session.scalar(select(User).where(User.email == email))
    if user is None or not user.has_password(password) or not user.active:
        abort(401, "Unknown e-mail address or wrong password")
    return begin_login(user)


@api.post("/refresh")
@jwt_required(refresh=True)
def refresh() -> dict[str, str]:
    return continue_login(current_user, get_jwt())


@api.post("/logout")
@jwt_required()
def logout() -> tuple[str, int]:
    end_login(get_jwt()["login"])
    return "", 204


@api.get("/me")
@jwt_required()
def me() -> dict[str, object]:
    return current_user.to_dict()


@api.get("/users")
@admin_required
def users() -> dict[str, list[dict[str, object]]]:
    return {"users": [user.to_dict() for user in db.session.scalars(select(User).order_by(User.id))]}


@api.patch("/users/<int:user_id>")
@admin_required
def change_user(user_id: int) -> dict[str, object]:
    changes = json_object()
    if not changes.keys() & {"role", "active"}:
        abort(422, "Nothing to change")
    user = db.session.get(User, user_id) or abort(404)
    role, active = changes.get("role", user.role), changes.get("active", user.active)
    if role not in ROLES or not isinstance(active, bool):
        abort(422, "role must be admin or member, active true or false")
    user.role, user.active = role, active
    db.session.commit()
    return user.to_dict()
