"""Which tokens are accepted, and whose they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from flask import abort
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    current_user,
    jwt_required,
)

from .models import Login, User, db

jwt = JWTManager()
Claims = dict[str, Any]


@jwt.token_in_blocklist_loader
def login_has_ended(_header: Claims, claims: Claims) -> bool:
    """Asked for every token: one lookup by primary key makes each of them revocable at once, everywhere."""
    login = db.session.get(Login, claims.get("login", ""))
    return login is None or login.ended


@jwt.user_lookup_loader
def active_user(_header: Claims, claims: Claims) -> User | None:
    """The user as the database knows them now. None is answered with 401."""
    user = db.session.get(User, int(claims["sub"]))
    return user if user is not None and user.active else None


@jwt.invalid_token_loader
def refuse(reason: str) -> tuple[dict[str, str], int]:
    """Flask-JWT-Extended would say 422 to a forged token or one of the wrong type."""
    return {"error": reason}, 401


def new_tokens(user: User, login_id: str) -> dict[str, str]:
    """A pair of tokens for a login. They name the user by id and say nothing else of them."""
    claims = {"login": login_id}
    return {
        "access_token": create_access_token(str(user.id), additional_claims=claims),
        "refresh_token": create_refresh_token(str(user.id), additional_claims=claims),
    }


def begin_login(user: User) -> dict[str, str]:
    """Stores a new login of a user and gives its first pair of tokens."""
    login_id = uuid4().hex
    tokens = new_tokens(user, login_id)
    db.session.add(Login(id=login_id, user_id=user.id))
    db.session.commit()
    return tokens


def continue_login(user: User, claims: Claims) -> dict[str, str]:
    """Exchanges a refresh token for a new pair."""
    return new_tokens(user, claims["login"])


def end_login(login_id: str) -> None:
    """From now on no token of this login is accepted."""
    db.session.get_one(Login, login_id).ended = True
    db.session.commit()


def admin_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Lets admins in: 401 without an acceptable token, 403 with that of somebody else."""

    @wraps(view)
    @jwt_required()
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_user.role != "admin":
            abort(403)
        return view(*args, **kwargs)

    return guarded
