"""Whose request this is, and what is theirs. Pages get their rows from here, so that none can forget to ask."""

from __future__ import annotations

from flask import abort, session
from flask_login import current_user

from harness.services import attempts
from harness.services.errors import Refused
from harness.store.base import db
from harness.store.models import Attempt, Invitation, User
from harness.web.access import INVITED


def account_id() -> int | None:
    """The account that is logged in, or None."""
    return current_user.user_id if current_user.is_authenticated else None


def whose() -> str:
    """Names the sender of this request, for limits that people who share an address must not share."""
    if INVITED in session:
        return f"invitation {session[INVITED]}"
    return f"account {account_id()}"


def invitation() -> Invitation:
    """The invitation that this browser came by. Ends the request with 403 where it was withdrawn since."""
    found = db.session.get(Invitation, session.get(INVITED, 0))
    if found is None or found.revoked_at or found.erased_at:
        session.pop(INVITED, None)
        abort(403)
    return found


def my_attempt(ref: str) -> Attempt:
    """The attempt of this address. Ends the request with 404 where it is nobody's or somebody else's."""
    try:
        return attempts.belonging_to(ref, invitation().id if INVITED in session else None, account_id())
    except Refused:
        abort(404)


def account() -> User:
    """The account that is logged in; access has seen that there is one."""
    return db.session.get_one(User, current_user.user_id)
