"""Accounts: the first administrator, invitations to colleagues, passwords, logins."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.lines import one_line
from harness.services.tokens import new_token, token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import OneTimeLink, Purpose, Role, User

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LINK_LIFE = timedelta(days=3)
SHORTEST, LONGEST = 12, 200  # characters of a password
LONGEST_NAME = 100
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_hasher = PasswordHasher()
_nobody = _hasher.hash(secrets.token_hex(16))  # checked where there is no such account: it takes as long


def normal_email(text: str) -> str:
    """The address as accounts are known by it. Raises Refused."""
    email = text.strip().lower()
    if len(email) > 254 or not EMAIL.fullmatch(email):
        raise Refused(Why.INVALID, "That is not an e-mail address.")
    return email


def add_user(email: str, name: str, role: Role, by: int | None = None) -> User:
    """A new account without a password; ``new_link`` lets its owner set one. Raises Refused."""
    email, name = normal_email(email), account_name(name)
    with writing() as session:
        if session.scalar(select(User.id).where(User.email == email)):
            raise Refused(Why.CONFLICT, "There is an account with this address already.")
        user = User(email=email, name=name, role=role)
        session.add(user)
        session.flush()
        note(session, by, "account.add", email, role=role.value)
    return user


def register(email: str, name: str, password: str) -> User:
    """An account that practises, made by its own person. Raises Refused.

    Nobody asks the mailbox, so that a taken address is told; who calls this has to limit how often one may try.
    """
    email, name, hashed = normal_email(email), account_name(name), hash_password(password)
    with writing() as session:
        if session.scalar(select(User.id).where(User.email == email)):
            raise Refused(Why.CONFLICT, "There is an account with this address already. If it is yours, log in.")
        user = User(email=email, name=name, role=Role.CANDIDATE, password_hash=hashed)
        session.add(user)
        session.flush()
        note(session, user.id, "account.register", email)
    return user


def has_administrator() -> bool:
    """Whether somebody can let others in."""
    standing = select(User.id).where(
        User.role == Role.ADMINISTRATOR, User.password_hash.is_not(None), User.disabled_at.is_(None)
    )
    return db.session.scalar(standing.limit(1)) is not None


def new_link(purpose: Purpose, user: User | None = None, by: int | None = None) -> str:
    """The token of a new one-time link; older ones for the same end there."""
    token = new_token()
    with writing() as session:
        older = select(OneTimeLink).where(
            OneTimeLink.purpose == purpose, OneTimeLink.user_id == (user and user.id), OneTimeLink.used_at.is_(None)
        )
        for link in session.scalars(older):
            session.delete(link)
        session.add(
            OneTimeLink(
                token_digest=token_digest(token),
                purpose=purpose,
                user_id=user and user.id,
                expires_at=now() + LINK_LIFE,
            )
        )
        note(session, by, "account.link", user.email if user else "the first administrator")
    return token


def look_at_link(token: str) -> OneTimeLink:
    """The link, if it can still be used. Raises Refused."""
    link = db.session.scalar(select(OneTimeLink).where(OneTimeLink.token_digest == token_digest(token)))
    if link is None or link.used_at is not None or link.expires_at <= now() or (link.user and link.user.disabled_at):
        raise Refused(Why.UNKNOWN, "This link does not exist, was used before, or is too old. Ask for a new one.")
    return link


def use_link(token: str, password: str, email: str = "", name: str = "") -> User:
    """Sets the password of the link's account; the first administrator's account is made here. Raises Refused."""
    hashed = hash_password(password)
    with writing() as session:
        link = look_at_link(token)
        if link.purpose is Purpose.FIRST_ADMINISTRATOR:
            user = User(email=normal_email(email), name=account_name(name), role=Role.ADMINISTRATOR)
            if session.scalar(select(User.id).where(User.email == user.email)):
                raise Refused(Why.CONFLICT, "There is an account with this address already.")
            session.add(user)
        else:
            user = session.get_one(User, link.user_id)
        user.password_hash, user.sessions = hashed, secrets.token_hex(16)
        link.used_at = now()
        session.flush()
        note(session, user.id, "account.set-password", user.email)
    return user


def find_accounts(text: str = "", after: int = 0, most: int = 50) -> Sequence[User]:
    """Accounts that are not erased, by name; those whose name or address has ``text`` in it, without the first ones."""
    chosen = select(User).where(User.erased_at.is_(None)).order_by(User.name, User.id).offset(after).limit(most)
    if text:
        chosen = chosen.where(User.name.icontains(text, autoescape=True) | User.email.contains(text, autoescape=True))
    return db.session.scalars(chosen).all()


def find(ref: str) -> User:
    """The account of this ref. Raises Refused."""
    found = db.session.scalar(select(User).where(User.ref == ref, User.erased_at.is_(None)))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such account.")
    return found


def change_role(user_id: int, role: Role, by: int) -> None:
    """Gives an account another role; its sessions end. Raises Refused for the last administrator."""
    with writing() as session:
        user = session.get_one(User, user_id)
        if user.role is role:
            return
        if role is not Role.ADMINISTRATOR:
            keep_one_administrator(session, user)
        note(session, by, "account.role", user.email, before=user.role.value, after=role.value)
        user.role, user.sessions = role, secrets.token_hex(16)


def disable(user_id: int, by: int) -> None:
    """Nobody can log in with it any more; what it did stays. Raises Refused for the last administrator."""
    with writing() as session:
        user = session.get_one(User, user_id)
        keep_one_administrator(session, user)
        user.disabled_at, user.sessions = user.disabled_at or now(), secrets.token_hex(16)
        note(session, by, "account.disable", user.email)


def enable(user_id: int, by: int) -> None:
    """Lets a disabled account log in again."""
    with writing() as session:
        user = session.get_one(User, user_id)
        user.disabled_at = None
        note(session, by, "account.enable", user.email)


def keep_one_administrator(session: Session, user: User) -> None:
    """Raises Refused where nobody else could let others in."""
    others = select(User.id).where(
        User.role == Role.ADMINISTRATOR, User.disabled_at.is_(None), User.password_hash.is_not(None), User.id != user.id
    )
    if user.role is Role.ADMINISTRATOR and session.scalar(others.limit(1)) is None:
        raise Refused(Why.NOT_NOW, "This is the last administrator. Make another one first.")


def change_password(user_id: int, old: str, new: str) -> User:
    """Sets another password; every other session of the account ends. Raises Refused."""
    hashed = hash_password(new)
    user = log_in(db.session.get_one(User, user_id).email, old)
    with writing() as session:
        user = session.get_one(User, user.id)
        user.password_hash, user.sessions = hashed, secrets.token_hex(16)
        note(session, user.id, "account.set-password", user.email)
    return user


def rename(user_id: int, name: str) -> None:
    """What the account is called on pages. Raises Refused."""
    name = account_name(name)
    with writing() as session:
        user = session.get_one(User, user_id)
        user.name = name
        note(session, user.id, "account.rename", user.email)


def end_sessions(user_id: int) -> User:
    """Logs the account out wherever it is logged in."""
    with writing() as session:
        user = session.get_one(User, user_id)
        user.sessions = secrets.token_hex(16)
        note(session, user.id, "account.end-sessions", user.email)
    return user


def check_password(password: str) -> None:
    """Raises Refused for a password that is too short or too long; nothing else is asked of it (NIST SP 800-63B)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(Why.INVALID, f"A password has {SHORTEST} to {LONGEST} characters.")


def hash_password(password: str) -> str:
    """What is kept of a password. Raises Refused for one that does not fit."""
    check_password(password)
    return _hasher.hash(password)


def log_in(email: str, password: str) -> User:
    """The account of this address and password. Raises Refused, with one message for every reason."""
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    known = user.password_hash if user and user.password_hash and not user.disabled_at else None
    try:
        _hasher.verify(known or _nobody, password[:LONGEST])
        right = known is not None
    except (VerificationError, InvalidHashError):
        right = False
    if user is None or not right:
        raise Refused(Why.FORBIDDEN, "The address or the password is wrong.")
    return user


def account_name(text: str) -> str:
    """The name as pages show it. Raises Refused."""
    return one_line(text, LONGEST_NAME, "A name")
